import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { onBackends, read } from '../../support.ts';

onBackends('a pool', () => {
  const image = () => tf.reshape(tf.range(1, 10), [3, 3, 1]) as tf.Tensor3D;

  // Stock wasm returns what its memory held before in the place of each -Infinity.
  test('of nothing but padding is the largest number of none', () => {
    // Windows of 2 × 2, at the rows and columns -2 and 1.
    expect(read(tf.tidy(() => tf.maxPool(image(), 2, 3, 2, 'floor')))).toEqual([
      -Infinity,
      -Infinity,
      -Infinity,
      9,
    ]);
  });

  test('of single points takes every second point', () => {
    for (const pool of [tf.maxPool, tf.avgPool]) {
      expect(read(tf.tidy(() => pool(image(), 1, 2, 'valid')))).toEqual([1, 3, 7, 9]);
    }
  });
});
