import { beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../../src/backend/engine/module.ts';
import { runningEngine } from '../../../../src/backend/engine/start.ts';
import { backend, tf } from '../../../../src/backend/index.ts';
import { expectClose } from '../../support.ts';
import { expectAsOnCpu, numbers } from './support.ts';

beforeAll(async () => {
  await backend.use('wasm');
});

test.each([
  [[2, 3, 4, 8], [8]],
  [[2, 3, 4, 5], [5]],
  [[7, 5], [5]],
  [[2, 3, 4, 1], [1]],
  [
    [2, 3, 4, 5],
    [2, 3, 4, 5],
  ],
  [[0, 3, 4, 5], [5]],
])('batchNorm and its gradients, x %j, mean %j', async (shape, channels) => {
  for (const isWhole of [true, false]) {
    await expectAsOnCpu(() => {
      const [x, mean, variance] = [numbers(shape, 1), numbers(channels, 2), numbers(channels, 3).square()];
      const [offset, scale] = isWhole ? [numbers(channels, 4), numbers(channels, 5)] : [];
      const f = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor): tf.Tensor =>
        tf.batchNorm(
          a,
          b as tf.Tensor1D,
          c as tf.Tensor1D,
          offset as tf.Tensor1D,
          scale as tf.Tensor1D,
          0.01,
        );
      const y = f(x, mean, variance);
      return [y, ...tf.grads(f)([x, mean, variance], numbers(y.shape, 6))];
    }, 1e-4);
  }
});

/** Copies tensors to memory of our own, runs `f` on it and returns what it wrote. */
function onAddresses(
  inputs: tf.Tensor[],
  sizes: number[],
  f: (engine: Engine, at: number[]) => void,
): number[][] {
  const engine = runningEngine()!;
  const lengths = [...inputs.map(({ size }) => size), ...sizes];
  const addresses = lengths.map((length) => engine.allocate(length * 4));
  inputs.forEach((x, i) => {
    engine.floats(addresses[i]!, x.size).set(x.dataSync());
  });
  f(engine, addresses);
  const results = sizes.map((size, i) => Array.from(engine.floats(addresses[inputs.length + i]!, size)));
  for (const address of addresses) engine.free(address);
  return results;
}

test.each([
  [500, 9],
  [300, 16],
  [1, 3],
])('the gradient in training, %d × %d, is that of moments and batchNorm together', (rows, columns) => {
  tf.tidy(() => {
    const [x, dy] = [numbers([rows, columns], 1).add(3), numbers([rows, columns], 2)];
    const [offset, scale] = [numbers([columns], 3), numbers([columns], 4)];
    const f = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor): tf.Tensor => {
      const { mean, variance } = tf.moments(a, 0);
      return tf.batchNorm(
        a,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        b as tf.Tensor1D,
        c as tf.Tensor1D,
        0.1,
      );
    };
    const expected = [f(x, offset, scale), ...tf.grads(f)([x, offset, scale], dy)];
    const size = rows * columns;
    const sizes = [columns, columns, size, size, columns, columns, columns];
    const results = onAddresses([x, dy, offset, scale], sizes, ({ functions }, at) => {
      const [a, g, b, c, mean, variance, y, dx, dOffset, dScale, scratch] = at as Eleven;
      functions.moments(a, rows, columns, mean, variance);
      functions.batchNorm(a, rows, columns, mean, variance, b, c, 0.1, y, scratch);
      functions.batchNormGradient(a, g, rows, columns, mean, variance, c, 0.1, dx, dOffset, dScale);
    });
    expected.forEach((tensor, i) => {
      expectClose(results[i + 2]!, Array.from(tensor.dataSync()), 1e-4);
    });
  });
});

type Eleven = [number, number, number, number, number, number, number, number, number, number, number];

test.each([
  [1, 1],
  [5, 10],
  [3, 37],
])('softmax and cross-entropy of %d rows of %d', (rows, columns) => {
  tf.tidy(() => {
    const logits = numbers([rows, columns], 1).mul(20);
    const labels = tf.softmax(numbers([rows, columns], 2)).mul(0.8);
    const loss = (x: tf.Tensor): tf.Tensor => tf.logSoftmax(x).mul(labels).sum(1).neg();
    const expected = [tf.softmax(logits), loss(logits), tf.grad((x) => loss(x).sum().mul(0.25))(logits)];
    const size = rows * columns;
    const results = onAddresses([logits, labels], [size, rows, size, columns], ({ functions }, at) => {
      const [x, y, probabilities, losses, dx, scratch] = at as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      functions.softmax(x, rows, columns, probabilities, scratch);
      functions.softmaxCrossEntropy(x, y, rows, columns, losses, 0.25, dx, scratch);
    });
    expected.forEach((tensor, i) => {
      expectClose(results[i]!, Array.from(tensor.dataSync()), 1e-5);
    });
  });
});

test('NaN in a row makes its loss NaN, and no other', () => {
  const [, losses] = tf.tidy(() =>
    onAddresses(
      [tf.tensor2d([1, Number.NaN, 2, 3], [2, 2]), tf.tensor2d([1, 0, 1, 0], [2, 2])],
      [4, 2, 2],
      ({ functions }, [x, y, dx, losses, scratch]) => {
        functions.softmaxCrossEntropy(x!, y!, 2, 2, losses!, 1, dx!, scratch!);
      },
    ),
  );
  // log(1 + e)
  expect(losses![0]).toBeNaN();
  expect(losses![1]).toBeCloseTo(1.3132617, 6);
});
