import { expect, test } from 'vitest';
import { backend, tf } from '../../../../src/backend/index.ts';
import { expectAsOnCpu, numbers } from './support.ts';

test.each([
  [[5, 7], [4, 0, 0, 3], 0],
  [[5, 2, 3], [1], 0],
  [[3, 5, 6], [4, 4, 2], 1],
  [[2, 3, 4, 5], [2, 0], -3],
  [[4, 3], [0, 1], 1],
  [[4, 8], [], 0],
  [
    [3, 4],
    [
      [0, 2],
      [1, 1],
    ],
    0,
  ],
])('of %j the places %j along axis %i', async (shape, indices, axis) => {
  await expectAsOnCpu(() => {
    const x = numbers(shape as number[], 1);
    const places = tf.tensor(
      indices as number[],
      (indices as number[]).length === 0 ? [0] : undefined,
      'int32',
    );
    return [tf.gather(x, places as tf.Tensor1D, axis as number)];
  });
});

test('integers, truths and batches of places', async () => {
  await expectAsOnCpu(() => {
    const x = tf.reshape(tf.range(0, 24, 1, 'int32'), [4, 6]);
    const flags = tf.cast(tf.greater(x, 10), 'bool');
    const places = tf.tensor1d([3, 0], 'int32');
    const each = tf.tensor2d([1, 0, 2, 2, 0, 3, 3, 3], [4, 2], 'int32');
    return [
      tf.gather(x, places),
      tf.gather(flags, places),
      tf.gather(x, each, 1, 1),
      tf.gather(flags, each, 1, 1),
    ];
  });
});

test('places of each batch along an inner axis', async () => {
  await expectAsOnCpu(() => {
    const places = tf.tensor3d([0, 1, 2, 2, 1, 0, 1, 1], [2, 2, 2], 'int32');
    const [narrow, wide] = [numbers([2, 2, 3], 1), numbers([2, 4, 3, 5], 2)];
    return [tf.gather(narrow, places, 2, 2), tf.gather(wide, tf.slice(places, [0, 0, 0], [2, 1, 2]), 2, 1)];
  });
});

test('values that are not finite are copied as they are', async () => {
  await expectAsOnCpu(() => {
    const x = tf.tensor2d([Number.NaN, Infinity, -Infinity, -0, 1, 2, 3, 4], [2, 4]);
    return [tf.gather(x, tf.tensor1d([0, 1, 0], 'int32'))];
  });
});

test('a place beyond the axis is named', async () => {
  await backend.use('wasm');
  const x = tf.ones([3, 4]);
  expect(() => tf.gather(x, tf.tensor1d([0, 3], 'int32'))).toThrow(/index value 3 is not in \[0, 2\]/);
  expect(() => tf.gather(x, tf.tensor1d([-1], 'int32'))).toThrow(/index value -1/);
});
