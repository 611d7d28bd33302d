import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { random } from '../../../src/core/random.ts';
import { eigenvectors, orthonormal, power } from '../../../src/transforms/eigenvectors.ts';
import { expectClose, onBackends, read } from '../support.ts';

function normal(rows: number, columns: number, seed: number): tf.Tensor2D {
  const source = random(seed);
  return tf.tensor2d(
    Array.from({ length: rows * columns }, () => source.normal()),
    [rows, columns],
  );
}

/** The largest entry of QᵀQ − I. */
const defect = (q: tf.Tensor): number =>
  tf
    .matMul(q as tf.Tensor2D, q as tf.Tensor2D, true, false)
    .sub(tf.eye(q.shape[1]!))
    .abs()
    .max()
    .dataSync()[0]!;

onBackends('eigenvectors', () => {
  test('of the largest eigenvalue first', () => {
    // [[2, 1], [1, 2]] has 3 along (1, 1) / √2, 1 along (1, −1) / √2.
    const x = tf.tensor2d([2, 1, 1, 2], [2, 2]);
    const [a, b, c, d] = read(eigenvectors(x)!) as [number, number, number, number];
    expectClose([a * c, b * d, Math.abs(a), Math.abs(b)], [0.5, -0.5, Math.SQRT1_2, Math.SQRT1_2]);
    const { scaled, vectors } = power(x, 1, -0.5)!;
    // (4)^(−½) and (2)^(−½) along the two: the sum and the difference of halves
    const [large, small] = [0.5, Math.SQRT1_2];
    const root = tf.matMul(scaled as tf.Tensor2D, vectors as tf.Tensor2D, false, true);
    expectClose(read(root), [
      (large + small) / 2,
      (large - small) / 2,
      (large - small) / 2,
      (large + small) / 2,
    ]);
    tf.dispose([x, scaled, vectors]);
  });

  test.each([5, 128, 150])('%d columns become orthonormal and keep what they span', (n) => {
    tf.tidy(() => {
      const x = normal(n, n, 3);
      const q = orthonormal(x)!;
      expect(defect(q)).toBeLessThan(1e-5);
      // R = QᵀX is a triangle.
      const below = tf.linalg.bandPart(tf.matMul(q as tf.Tensor2D, x, true, false), -1, 0);
      const diagonal = tf.linalg.bandPart(below, 0, 0);
      expect(below.sub(diagonal).abs().max().dataSync()[0]!).toBeLessThan(1e-3);
    });
  });

  test('columns that nearly depend on each other become orthonormal as well', () => {
    tf.tidy(() => {
      const thin = normal(160, 40, 5);
      const product = tf.matMul(thin, thin, false, true).add(tf.mul(1e-4, tf.eye(160)));
      expect(defect(orthonormal(product)!)).toBeLessThan(1e-5);
    });
  });

  test('there are none of NaN', () => {
    const x = tf.tensor2d([1, Number.NaN, Number.NaN, 1], [2, 2]);
    expect([eigenvectors(x), orthonormal(x), power(x, 1, 1)]).toEqual([undefined, undefined, undefined]);
    x.dispose();
  });
});
