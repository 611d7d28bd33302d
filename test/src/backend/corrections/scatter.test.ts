import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { onBackends, read } from '../../support.ts';

onBackends('an update of scattered slices', () => {
  // Stock writes 9 into x on cpu.
  test('leaves its argument as it was', () => {
    const x = tf.tensor1d([1, 2, 3, 4]);
    const [indices, updates] = [tf.tensor2d([[1]], [1, 1], 'int32'), tf.tensor1d([9])];
    expect(read(tf.tensorScatterUpdate(x, indices, updates))).toEqual([1, 9, 3, 4]);
    expect(read(x)).toEqual([1, 2, 3, 4]);
    tf.dispose([indices, updates]);
  });
});
