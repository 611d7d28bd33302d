import { describe, expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { EACH } from './list.ts';
import { applyGradients, bytes, free, learn, make, quadratic, train } from './support.ts';

/** Training works wherever tfjs trains, and leaves nothing behind. */
export function trainingContract(): void {
  describe.each(EACH)('%s', (_, { make: create, steps }) => {
    test('decreases a quadratic and leaks nothing a step', () => {
      const variables = make([5, -3], [0, 0, 7]);
      const optimizer = create();
      const f = quadratic(...variables);
      const first = optimizer.minimize(f, true) as tf.Scalar;
      const before = tf.memory().numTensors;
      for (let step = 0; step < steps; step++) optimizer.minimize(f);
      expect(tf.memory().numTensors).toBe(before);
      const last = optimizer.minimize(f, true) as tf.Scalar;
      expect(last.dataSync()[0]!).toBeLessThan(first.dataSync()[0]! / 100);
      expect(optimizer.iterations).toBe((steps + 2) * optimizer.gradientPasses);
      free(first, last, optimizer, ...variables);
    });

    test('is a tf.Optimizer and works in model.compile', async () => {
      const optimizer = create();
      expect(optimizer).toBeInstanceOf(tf.Optimizer);
      const losses = await learn(optimizer, steps);
      expect(losses.at(-1)!).toBeLessThan(losses[0]! / 4);
      optimizer.dispose();
    });

    test('works inside tidy', () => {
      const variables = make([5, -3]);
      const [optimizer, outside] = [create(), create()];
      const start = quadratic(...variables);
      for (let step = 0; step < 3; step++) {
        tf.tidy(() => {
          optimizer.minimize(start, true);
        });
      }
      tf.tidy(() => {
        for (let step = 0; step < 3; step++) optimizer.minimize(start);
      });
      const twins = make([5, -3]);
      train(outside, twins, 6);
      expect(bytes(variables)).toEqual(bytes(twins));
      free(optimizer, outside, ...variables, ...twins);
    });

    test('leaves the state of a frozen variable as it is, and starts a new variable afresh', () => {
      // b, of the same shape, must not inherit the state of a.
      const [a, b] = make([5, -3], [1, 1]) as [tf.Variable, tf.Variable];
      const optimizer = create();
      const ofA = (): unknown[] => partsOf(optimizer.getState().transform, a.name);
      train(optimizer, [a], 3);
      const frozen = ofA();
      const values = bytes([a]);
      train(optimizer, [b], 3);
      expect(ofA()).toEqual(frozen);
      expect(bytes([a])).toEqual(values);
      train(optimizer, [a, b], 3);
      expect(ofA()).toHaveLength(frozen.length);
      expect(bytes([a, b]).flat().every(Number.isFinite)).toBe(true);
      free(a, b, optimizer);
    });

    test('a variable that is added does not disturb the others', () => {
      const [a, b] = make([5, -3], [1, 1]) as [tf.Variable, tf.Variable];
      const [alone] = make([5, -3]) as [tf.Variable];
      const [optimizer, reference] = [create(), create()];
      const towards = (v: tf.Variable): tf.Tensor => tf.tidy(() => v.sub(1).mul(2));
      // A gradient of zero: what couples variables by a norm is not disturbed either.
      for (let step = 0; step < 6; step++) {
        applyGradients(optimizer, [[a, towards(a)], ...(step < 3 ? [] : [[b, tf.zeros([2])] as const])]);
        applyGradients(reference, [[alone, towards(alone)]]);
      }
      expect(bytes([a])).toEqual(bytes([alone]));
      free(a, b, alone, optimizer, reference);
    });

    test('dispose frees the state and starts afresh', async () => {
      const [a, b] = [make([5, -3]), make([5, -3])];
      const optimizer = create();
      train(optimizer, a, 4);
      optimizer.dispose();
      expect(optimizer.iterations).toBe(0);
      train(optimizer, b, 4);
      expect(bytes(b)).toEqual(bytes(a));
      optimizer.dispose();
      optimizer.dispose();
      free(...a, ...b);
    });
  });
}

/** What a saved state holds under a name, at any depth. */
function partsOf(state: unknown, name: string): unknown[] {
  if (state === null || typeof state !== 'object' || ArrayBuffer.isView(state)) return [];
  return Object.entries(state).flatMap(([key, part]) => (key === name ? [part] : partsOf(part, name)));
}
