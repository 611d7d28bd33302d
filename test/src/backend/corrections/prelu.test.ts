import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';

onBackends('prelu', () => {
  // -1 … -8 in rows of 2 × 2 × 2, times the slope at each place. Stock wasm repeats the slopes in memory's order.
  test.each([
    { shape: [], slopes: [2], expected: [-2, -4, -6, -8, -10, -12, -14, -16] },
    { shape: [2], slopes: [1, 10], expected: [-1, -20, -3, -40, -5, -60, -7, -80] },
    { shape: [2, 1], slopes: [1, 10], expected: [-1, -2, -30, -40, -5, -6, -70, -80] },
    { shape: [2, 1, 1], slopes: [1, 10], expected: [-1, -2, -3, -4, -50, -60, -70, -80] },
    { shape: [2, 1, 2], slopes: [1, 2, 3, 4], expected: [-1, -4, -3, -8, -15, -24, -21, -32] },
    { shape: [2, 2], slopes: [1, 2, 3, 4], expected: [-1, -4, -9, -16, -5, -12, -21, -32] },
  ])('broadcasts slopes of shape $shape', ({ shape, slopes, expected }) => {
    const x = tf.tensor([-1, -2, -3, -4, -5, -6, -7, -8], [2, 2, 2]);
    const alpha = tf.tensor(slopes, shape);
    expectClose(read(tf.prelu(x, alpha)), expected);
    tf.dispose([x, alpha]);
  });

  test('keeps what is not negative', () => {
    expect(read(tf.tidy(() => tf.prelu(tf.tensor2d([[0], [5]]), tf.tensor2d([[3], [4]]))))).toEqual([0, 5]);
  });
});
