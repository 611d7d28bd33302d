import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { random } from '../../../src/core/random.ts';
import { orthogonalize } from '../../../src/transforms/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

function normal(shape: number[], seed: number): tf.Tensor {
  const source = random(seed);
  return tf.tensor(
    Array.from({ length: tf.util.sizeFromShape(shape) }, () => source.normal()),
    shape,
  );
}

/** What five default iterations make of one singular value. */
function iterated(x: number): number {
  let result = x;
  for (let i = 0; i < 5; i++) result = 3.4445 * result - 4.775 * result ** 3 + 2.0315 * result ** 5;
  return result;
}

onBackends('orthogonalize', () => {
  test('applies the iteration to each singular value of x / ‖x‖', () => {
    const x = tf.tensor2d([3, 0, 0, 0, 0, 4], [2, 3]);
    expectClose(read(orthogonalize(x)), [iterated(0.6), 0, 0, 0, 0, iterated(0.8)]);
    // One iteration of X ← 1.5·X − 0.5·X·Xᵀ·X
    const once = orthogonalize(x, { nsSteps: 1, nsCoefficients: [1.5, -0.5, 0] });
    expectClose(read(once), [1.5 * 0.6 - 0.5 * 0.216, 0, 0, 0, 0, 1.5 * 0.8 - 0.5 * 0.512]);
    x.dispose();
  });

  test('brings singular values of 1/100 of the norm and more between 0.68 and 1.14', () => {
    const values = Array.from({ length: 991 }, (_, i) => iterated(0.01 + i / 1000));
    expect(Math.min(...values)).toBeGreaterThan(0.68);
    expect(Math.max(...values)).toBeLessThan(1.14);
  });

  test.each([[[8, 5]], [[5, 8]], [[6, 6]], [[3, 3, 2, 4]]])(
    'of %j: singular values near 1, the vectors kept',
    (shape) => {
      tf.tidy(() => {
        const x = normal(shape, 7);
        const matrix = x.reshape([-1, shape.at(-1)!]);
        const y = orthogonalize(x).reshape(matrix.shape);
        const [s, u, v] = tf.linalg.svd(matrix);
        const inside = u.transpose().matMul(y).matMul(v);
        const size = s.size;
        const values = Array.from(inside.dataSync());
        const norm = Math.hypot(...s.dataSync());
        const expected = Array.from(s.dataSync(), (value) => iterated(value / norm));
        expectClose(
          values,
          values.map((_, k) => (k % (size + 1) === 0 ? expected[k / (size + 1)]! : 0)),
          1e-4,
        );
        for (const value of tf.linalg.svd(y, { computeUv: false }).dataSync()) {
          expect(value).toBeGreaterThan(0.6);
          expect(value).toBeLessThan(1.2);
        }
      });
    },
  );

  test('takes factors for each iteration, and 0 stays 0', () => {
    const zeros = tf.zeros([2, 2]);
    expect(read(orthogonalize(zeros))).toEqual([0, 0, 0, 0]);
    zeros.dispose();
    const two = orthogonalize(
      [
        [1, 0],
        [0, 0],
      ],
      {
        nsSteps: 2,
        nsCoefficients: [
          [2, 0, 0],
          [3, 0, 0],
        ],
      },
    );
    expectClose(read(two), [6, 0, 0, 0]);
  });

  test('names what it cannot use', () => {
    expect(() => orthogonalize([1, 2])).toThrow('x must be of rank 2 or more; received [2]');
    const pairs = [[1, 2]] as unknown as [number, number, number][];
    expect(() => orthogonalize([[1]], { nsCoefficients: pairs })).toThrow(
      'or 5 times three, as many as nsSteps',
    );
    expect(() => orthogonalize([[1]], { nsSteps: 0 })).toThrow('nsSteps must be an integer of at least 1');
  });
});
