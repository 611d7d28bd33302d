import { expect, test } from 'vitest';
import { backend, tf } from '../../../../src/backend/index.ts';
import { expectAsOnCpu, numbers } from './support.ts';

test.each([
  [[], undefined],
  [[1], [0]],
  [[7], undefined],
  [[3, 5], [0]],
  [[3, 5], [1]],
  [
    [2, 3, 4, 5],
    [0, 1, 2],
  ],
  [
    [2, 3, 4, 5],
    [3, 2],
  ],
  [
    [2, 3, 4, 5],
    [1, 2],
  ],
  [
    [2, 3, 4, 5],
    [0, 3],
  ],
  [
    [1, 3, 1, 37],
    [0, 1],
  ],
  [[4, 1, 5], [1]],
  [[600, 21], [0]],
  [[2, 9000], [1]],
  [[2, 0, 3], [1]],
])('sum and mean of %j over %j', async (shape, axis) => {
  for (const keepDims of [false, true]) {
    await expectAsOnCpu(() => {
      const x = numbers(shape, 1);
      return [tf.sum(x, axis, keepDims), tf.mean(x, axis, keepDims)];
    });
  }
});

test('NaN and infinities, integers and truths', async () => {
  await expectAsOnCpu(() => {
    const x = tf.tensor2d([Number.NaN, 1, Infinity, 2, -Infinity, 3], [2, 3]);
    return [x.sum(0), x.sum(1), x.mean(), x.toInt().sum(1), tf.tensor1d([true, true], 'bool').sum()];
  });
});

// Added one after the other these make 16777216, from where on 1 is lost: so stock wasm does for the second.
test('a long sum keeps its digits', async () => {
  await backend.use('wasm');
  const [first, last] = tf.tidy(() => {
    const ones = tf.ones([2 ** 24 + 2 ** 20]);
    return [ones.reshape([-1, 2]).sum(0), ones.sum()].map((x) => x.dataSync()[0]);
  });
  expect(first).toBe(2 ** 23 + 2 ** 19);
  expect(last).toBe(2 ** 24 + 2 ** 20);
});
