import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { fromTransform } from '../../../src/optimizers/index.ts';
import { adaptiveGradientClip, chain, scaleByLearningRate } from '../../../src/transforms/index.ts';
import { expectReference } from '../optimizers/matrixReference.ts';
import { expectClose, onBackends, read } from '../support.ts';

onBackends('adaptiveGradientClip', () => {
  test('ten steps of optax', () => {
    expectReference(
      'adaptiveGradientClip',
      fromTransform(chain(adaptiveGradientClip(0.1), scaleByLearningRate(0.5))),
    );
    const other = adaptiveGradientClip(0.2, { epsilon: 0.5, axis: -1 });
    expectReference('adaptiveGradientClip, options', fromTransform(chain(other, scaleByLearningRate(0.5))));
  });

  test('bounds the columns of a matrix by their own norms', () => {
    // Norms of w 5 and 0, which counts as 0.1; of g 10 and 0.01: bounds 0.5·5 and 0.5·0.1.
    const params = tf.tensor2d([3, 0, 4, 0], [2, 2]);
    const grads = tf.tensor2d([6, 0.01, 8, 0], [2, 2]);
    const { updates } = adaptiveGradientClip(0.5, { epsilon: 0.1 }).update(grads, {}, params);
    expectClose(read(updates as tf.Tensor), [1.5, 0.01, 2, 0]);
    tf.dispose([params, grads]);
  });

  test('the norm of each unit is at most c·max(‖w‖, ε), and its direction is kept', () => {
    const numbers = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(numbers, numbers, fc.double({ min: 0.01, max: 1, noNaN: true }), (w, g, c) => {
        const [params, grads] = [tf.tensor2d(w, [3, 2]), tf.tensor2d(g, [3, 2])];
        const after = read(adaptiveGradientClip(c).update(grads, {}, params).updates as tf.Tensor);
        tf.dispose([params, grads]);
        for (const j of [0, 1]) {
          const column = (x: readonly number[]): number[] => [x[j]!, x[j + 2]!, x[j + 4]!];
          const norm = (x: readonly number[]): number => Math.hypot(...column(x));
          expect(norm(after)).toBeLessThanOrEqual(c * Math.max(norm(w), 1e-3) * (1 + 1e-5));
          const factor = norm(g) < 1e-6 ? 1 : norm(after) / norm(g);
          expectClose(
            column(after),
            column(g).map((value) => value * factor),
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  test('names what it cannot use', () => {
    const grads = tf.zeros([2, 2]);
    const deep = tf.ones([2, 2, 2, 2, 2, 2]);
    expect(() => adaptiveGradientClip(0)).toThrow('clipping must be a finite number above 0; received 0');
    expect(() => adaptiveGradientClip(1).update(grads, {})).toThrow('params must be given to update');
    expect(() => adaptiveGradientClip(1).update(deep, {}, deep)).toThrow(
      'rank 5 at most, unless axis is given',
    );
    expect(() => adaptiveGradientClip(1, { axis: 2 }).update(grads, {}, grads)).toThrow(
      'axis must be an integer',
    );
    tf.dispose([grads, deep]);
  });
});
