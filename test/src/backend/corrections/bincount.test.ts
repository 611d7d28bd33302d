import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { onBackends, read } from '../../support.ts';

onBackends('bincount', () => {
  // Stock wasm returns [2, 4] numbers, of which the second row is what the memory held.
  test('counts a tensor of any rank into one row', () => {
    const counts = tf.tidy(() =>
      tf.bincount(
        tf.tensor([0, 1, 1, 3, 3, 3], [2, 3], 'int32') as unknown as tf.Tensor1D,
        tf.tensor1d([]),
        4,
      ),
    );
    expect(counts.shape).toEqual([4]);
    expect(read(counts)).toEqual([1, 2, 0, 3]);
  });
});
