import { expect, test } from 'vitest';
import { backend, tf } from '../../../../src/backend/index.ts';
import { expectClose, gradients, read } from '../../support.ts';
import { expectAsOnCpu, numbers } from './support.ts';

type Shape = [number, number, number, number];
type Pad = 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];

const EXPLICIT: Pad = [
  [0, 0],
  [1, 1],
  [1, 0],
  [0, 0],
];

const cases: [Shape, filter: number | [number, number], strides: number | [number, number], pad: Pad][] = [
  [[1, 1, 1, 1], 1, 1, 'same'],
  [[2, 6, 6, 8], 2, 2, 'valid'],
  [[2, 5, 7, 3], 2, 2, 'same'],
  [[2, 5, 7, 6], 3, 1, 'same'],
  [[1, 9, 8, 5], [2, 3], [1, 2], EXPLICIT],
  [[1, 5, 5, 4], 5, 5, 'valid'],
  [[1, 7, 7, 4], 1, 2, 'valid'],
  [[0, 4, 4, 2], 2, 2, 'valid'],
];

// Stock wasm takes the largest value from the smallest positive float on, so that its gradients of what is
// negative are lost.
test.each(cases)(
  'maxPool and its gradient, x %j, filter %j, strides %j, pad %j',
  async (shape, ...window) => {
    await expectAsOnCpu(() => {
      const x = numbers(shape, 1).sub(2) as tf.Tensor4D;
      const y = tf.maxPool(x, ...window);
      const dx = tf.grad((v) => tf.maxPool(v as tf.Tensor4D, ...window))(x, numbers(y.shape, 2));
      return [y, dx];
    });
  },
);

test.each(cases)('avgPool, x %j, filter %j, strides %j, pad %j', async (shape, ...window) => {
  await expectAsOnCpu(() => tf.avgPool(numbers(shape, 1) as tf.Tensor4D, ...window));
});

// Stock, cpu and wasm alike, divides by the whole window's size at the edges too.
test.each(cases.filter(([[count]]) => count === 1))(
  'gradient of avgPool, x %j, filter %j, strides %j, pad %j',
  async (shape, ...window) => {
    await backend.use('wasm');
    const size = shape.reduce((a, b) => a * b, 1);
    const values = Array.from({ length: size }, (_, i) => Math.sin(i));
    const weighed = (x: tf.Tensor) => {
      const y = tf.avgPool(x as tf.Tensor4D, ...window);
      return y.mul(tf.cos(tf.range(0, y.size)).reshape(y.shape)).sum();
    };
    const { exact, differences } = gradients(weighed, values, shape, 0.5);
    expectClose(exact, differences, 1e-4);
  },
);

test('the first of equal values gets the gradient', async () => {
  await expectAsOnCpu(() =>
    tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 3, 1, 'same'))(tf.ones([1, 4, 4, 5]), tf.ones([1, 4, 4, 5])),
  );
});

// Stock wasm loses an infinity beside NaN.
test('NaN is passed over, infinities are numbers', async () => {
  await expectAsOnCpu(() => {
    const x = tf.tensor4d([Number.NaN, 1, -Infinity, Infinity, 2, -3], [1, 2, 3, 1]);
    return [tf.maxPool(x, 2, 1, 'same'), tf.avgPool(x, 2, 1, 'valid')];
  });
});

test('a window of the whole image', async () => {
  await backend.use('wasm');
  const means = tf.tidy(() => tf.avgPool(tf.range(0, 32).reshape<tf.Tensor4D>([1, 4, 4, 2]), 4, 4, 'valid'));
  expect(read(means)).toEqual([15, 16]);
});
