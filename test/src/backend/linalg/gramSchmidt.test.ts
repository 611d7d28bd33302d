import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';
import { check, draw, skewness } from './matrices.ts';

onBackends('linalg.gramSchmidt', () => {
  test('vectors that depend on others become 0', () => {
    const rows = [
      [1, 1, 0],
      [2, 2, 0],
      [0, 0, 5],
    ];
    const h = Math.SQRT1_2;
    expectClose(read(tf.tidy(() => tf.linalg.gramSchmidt(tf.tensor2d(rows)) as tf.Tensor)), [
      h,
      h,
      0,
      0,
      0,
      0,
      0,
      0,
      1,
    ]);
    const list = tf.tidy(() => tf.linalg.gramSchmidt(rows.map((row) => tf.tensor1d(row))) as tf.Tensor1D[]);
    expectClose(list.flatMap(read), [h, h, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('nearly parallel vectors become orthogonal to full precision', () => {
    tf.tidy(() => {
      const q = tf.linalg.gramSchmidt(
        tf.tensor2d([
          [1, 1e-3, 0],
          [1, 0, 1e-3],
          [1, 0, 0],
        ]),
      ) as tf.Tensor;
      expect(skewness(tf.transpose(q))).toBeLessThan(1e-6);
    });
    check(
      (x) => tf.sum(tf.mul(tf.linalg.gramSchmidt(x as tf.Tensor2D) as tf.Tensor, [1, 2, 3])),
      draw([2, 3]),
      [2, 3],
    );
  });
});
