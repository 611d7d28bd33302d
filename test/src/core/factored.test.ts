import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backend, tf } from '../../../src/backend/index.ts';
import { type Axes, factoredStep } from '../../../src/core/factored.ts';
import { NATIVE_TIMEOUT, nativeTensorflow } from '../../config/native.ts';

/** The step in double precision; tensors as nested in rows: [count][rows][columns]. */
function reference(
  g: readonly number[],
  [count, rows, columns]: readonly [number, number, number],
  old: readonly [readonly number[], readonly number[]],
  { beta, epsilon }: { beta: number; epsilon: number },
): { update: number[]; byRow: number[]; byColumn: number[] } {
  const square = (matrix: number, i: number, j: number): number =>
    g[(matrix * rows + i) * columns + j]! ** 2 + epsilon;
  const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  const mean = (list: number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const mix = (before: number, now: number): number => beta * before + (1 - beta) * now;
  const byRow = range(count * rows).map((at) => {
    const [matrix, i] = [Math.floor(at / rows), at % rows];
    return mix(old[0][at]!, mean(range(columns).map((j) => square(matrix, i, j))));
  });
  const byColumn = range(count * columns).map((at) => {
    const [matrix, j] = [Math.floor(at / columns), at % columns];
    return mix(old[1][at]!, mean(range(rows).map((i) => square(matrix, i, j))));
  });
  const update = g.map((value, at) => {
    const [matrix, i, j] = [Math.floor(at / (rows * columns)), Math.floor(at / columns) % rows, at % columns];
    const whole = mean(byRow.slice(matrix * rows, (matrix + 1) * rows));
    return value / Math.sqrt((byRow[matrix * rows + i]! * byColumn[matrix * columns + j]!) / whole);
  });
  return { update, byRow, byColumn };
}

const close = (actual: tf.Tensor, expected: readonly number[]): void => {
  const values = actual.dataSync();
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(values[i]! - value)).toBeLessThanOrEqual(1e-5 * Math.max(1e-3, Math.abs(value)));
  });
};

const sizes = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 11 }),
  fc.integer({ min: 1, max: 11 }),
);
const numbers = { beta: 0.75, epsilon: 1e-30 };

describe.each(['cpu', 'wasm', 'tensorflow'] as const)('a step of means along two axes on %s', (name) => {
  beforeAll(async () => {
    if (name === 'tensorflow') process.env.DESCENT_TENSORFLOW = (await nativeTensorflow()).folder;
    await backend.use(name);
  }, NATIVE_TIMEOUT);
  afterAll(() => {
    Reflect.deleteProperty(process.env, 'DESCENT_TENSORFLOW');
  });

  it('is that of its formula for stacks of matrices of every size', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 1e6 }), ([count, rows, columns], seed) => {
        const before = tf.memory().numTensors;
        tf.tidy(() => {
          const g = tf.randomNormal([count, rows, columns], 0, 1, 'float32', seed);
          const old = [
            tf.randomUniform([count, rows], 0.1, 1, 'float32', seed + 1),
            tf.randomUniform([count, columns], 0.1, 1, 'float32', seed + 2),
          ] as const;
          const lists = [g, ...old].map((each) => Array.from(each.dataSync())) as [
            number[],
            number[],
            number[],
          ];
          const expected = reference(lists[0], [count, rows, columns], [lists[1], lists[2]], numbers);
          const found = factoredStep(g, [1, 2], old, numbers);
          close(found.update, expected.update);
          close(found.means[0], expected.byRow);
          close(found.means[1], expected.byColumn);
          expect([found.update, ...found.means].map(({ shape }) => shape)).toEqual([
            [count, rows, columns],
            [count, rows],
            [count, columns],
          ]);
        });
        expect(tf.memory().numTensors).toBe(before);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same along other axes, of the tensor turned round', () => {
    tf.tidy(() => {
      const g = tf.randomNormal([5, 2, 7], 0, 1, 'float32', 3);
      const [a, c] = [tf.ones([2, 5]), tf.ones([2, 7])];
      const stack = factoredStep(tf.transpose(g, [1, 0, 2]), [1, 2], [a, c], numbers);
      const axes: Axes = [0, 2];
      // Over axis 2 the shape is [5, 2], over axis 0 it is [2, 7].
      const found = factoredStep(g, axes, [tf.ones([5, 2]), tf.ones([2, 7])], numbers);
      close(found.update, Array.from(tf.transpose(stack.update, [1, 0, 2]).dataSync()));
      close(found.means[0], Array.from(tf.transpose(stack.means[0]).dataSync()));
      close(found.means[1], Array.from(stack.means[1].dataSync()));
    });
  });
});
