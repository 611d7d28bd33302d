import { describe, expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import type { Optimizer } from '../../../../src/optimizers/index.ts';
import { applyUpdates, type Params } from '../../../../src/transforms/index.ts';
import { expectClose } from '../../support.ts';
import { EACH } from './list.ts';
import { applyGradients, bytes, free, make } from './support.ts';

const RANKS = [[], [3], [2, 3], [2, 2, 2], [2, 1, 2, 3]];

/** Numbers of both signs, some of them zero. */
const numbers = (shape: number[], step: number): tf.Tensor =>
  tf.tidy(() =>
    tf
      .range(0, Math.max(1, tf.util.sizeFromShape(shape)))
      .add(2 * step)
      .mul(1.3)
      .sin()
      .reshape(shape),
  );

/** The parameters after steps by `update` from `params`, by gradients that depend on the step alone. */
function follow(
  optimizer: Optimizer,
  params: Params,
  grads: (step: number) => Params,
  steps: number,
): Params {
  let current = params;
  let state = optimizer.init(params);
  for (let step = 0; step < steps; step++) {
    const next = optimizer.update(grads(step), state, current);
    state = next.state;
    current = applyUpdates(current, next.updates);
  }
  return current;
}

/** As a gradient transformation each optimizer does what it does to variables. */
export function functionalContract(): void {
  describe.each(EACH)('%s', (_, { make: create }) => {
    test('init and update do what applyGradients does, to tensors of any rank', () => {
      const [optimizer, functional] = [create(0.01), create(0.01)];
      const variables = tf.tidy(() => RANKS.map((shape, i) => tf.variable(numbers(shape, 50 + i))));
      const names = variables.map(({ name }) => name);
      const expected = tf.tidy(() => {
        const tree = (step: number): Record<string, tf.Tensor> =>
          Object.fromEntries(RANKS.map((shape, i) => [names[i]!, numbers(shape, step + i)]));
        const start = Object.fromEntries(RANKS.map((shape, i) => [names[i]!, numbers(shape, 50 + i)]));
        const final = follow(functional, start, tree, 20) as Record<string, tf.Tensor>;
        return names.map((name) => Array.from(final[name]!.dataSync()));
      });
      for (let step = 0; step < 20; step++) {
        applyGradients(
          optimizer,
          variables.map((v, i) => [v, numbers(RANKS[i]!, step + i)] as const),
        );
      }
      bytes(variables).forEach((values, i) => {
        expectClose(values, expected[i]!, 1e-6);
      });
      free(optimizer, functional, ...variables);
    });

    test('takes nested trees, as it takes flat ones', () => {
      tf.tidy(() => {
        const leaves = (step: number): tf.Tensor[] => [
          numbers([2, 3], step),
          numbers([3], step + 1),
          numbers([2], step + 2),
        ];
        const nested = (step: number): Params => {
          const [kernel, bias, scale] = leaves(step) as [tf.Tensor, tf.Tensor, tf.Tensor];
          return { layers: [{ kernel, bias }], head: { scale } };
        };
        const flat = (step: number): Params => {
          const [kernel, bias, scale] = leaves(step) as [tf.Tensor, tf.Tensor, tf.Tensor];
          return { kernel, bias, scale };
        };
        const a = follow(create(), nested(50), nested, 5) as unknown as {
          layers: [{ kernel: tf.Tensor; bias: tf.Tensor }];
          head: { scale: tf.Tensor };
        };
        const b = follow(create(), flat(50), flat, 5) as Record<string, tf.Tensor>;
        const values = (...tensors: tf.Tensor[]): number[] =>
          tensors.flatMap((t) => Array.from(t.dataSync()));
        expect(values(a.layers[0].kernel, a.layers[0].bias, a.head.scale)).toEqual(
          values(b.kernel!, b.bias!, b.scale!),
        );
      });
    });

    test('update changes neither its arguments nor the state of the optimizer, and shares no tensor', () => {
      const optimizer = create();
      const [x] = make([1, 2]) as [tf.Variable];
      applyGradients(optimizer, [[x, tf.tensor1d([1, 1])]]);
      const own = optimizer.getState();
      tf.tidy(() => {
        const [params, grads] = [{ x: tf.tensor1d([1, 2]) }, { x: tf.tensor1d([0.5, -1]) }];
        const first = optimizer.init(params);
        const once = optimizer.update(grads, first, params);
        const values = Array.from((once.updates as Record<string, tf.Tensor>).x!.dataSync());
        const twice = optimizer.update(grads, first, params);
        expect(Array.from((twice.updates as Record<string, tf.Tensor>).x!.dataSync())).toEqual(values);
        tf.dispose([once.updates as tf.TensorContainer]);
        const third = optimizer.update(grads, once.state, params);
        expect((third.updates as Record<string, tf.Tensor>).x!.dataSync()).toHaveLength(2);
        expect(Array.from(grads.x.dataSync())).toEqual([0.5, -1]);
        expect(Array.from(params.x.dataSync())).toEqual([1, 2]);
      });
      expect(optimizer.getState()).toEqual(own);
      free(optimizer, x);
    });
  });
}
