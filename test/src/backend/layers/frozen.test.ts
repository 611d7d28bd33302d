import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';
import { stock } from './stock.ts';

const X = [
  [1, 10],
  [2, 20],
  [3, 60],
];

interface Options {
  scale?: boolean;
  center?: boolean;
}

function normalized(options: Options = {}): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.batchNormalization({
        inputShape: [2],
        momentum: 0.5,
        name: `norm${Math.random()}`,
        ...options,
      }),
      tf.layers.dense({ units: 1, kernelInitializer: 'ones' }),
    ],
  });
}

const last = (model: tf.Sequential, n: number): number[][] =>
  model.layers[0]!.getWeights()
    .slice(-n)
    .map((one) => [...one.dataSync()]);

async function train(model: tf.Sequential): Promise<number> {
  const optimizer = tf.train.sgd(0.1);
  model.compile({ loss: 'meanSquaredError', optimizer });
  const [x, y] = [tf.tensor2d(X), tf.ones([3, 1])];
  const { history } = await model.fit(x, y, { verbose: 0, shuffle: false });
  for (const used of [x, y, optimizer]) used.dispose();
  return Number(history.loss![0]);
}

onBackends('batch normalization', () => {
  test('moves its mean and variance in training', async () => {
    const model = normalized();
    await train(model);
    // Halfway from 0 and 1 to the means 2, 30 and the variances 2/3, 1400/3.
    expectClose(last(model, 2).flat(), [1, 15, (1 + 2 / 3) / 2, (1 + 1400 / 3) / 2], 1e-4);
    model.dispose();
  });

  test.each(['layer', 'model'])('frozen by its %s it stays as it is and uses what it has', async (whose) => {
    const model = normalized();
    if (whose === 'layer') model.layers[0]!.trainable = false;
    else {
      model.trainable = false;
      expect(model.layers.map((one) => one.trainable)).toEqual([false, false]);
      model.trainable = true;
      expect(model.layers.map((one) => one.trainable)).toEqual([true, true]);
      // A part of a larger model, as in transfer learning.
      const part = tf.sequential({ layers: [model.layers[0]!] });
      part.trainable = false;
    }
    const before = model.layers[0]!.getWeights().map((one) => [...one.dataSync()]);
    const loss = await train(model);
    expect(model.layers[0]!.getWeights().map((one) => [...one.dataSync()])).toEqual(before);
    // The outputs are the sums of x/√(1 + 1e-3).
    const outputs = X.map(([a, b]) => (a! + b!) / Math.sqrt(1.001));
    expectClose([loss], [outputs.reduce((s, v) => s + (v - 1) ** 2, 0) / 3], 1e-4);
    model.dispose();
  });

  test('trains without scale and without center, where stock fails', async () => {
    for (const options of [{ scale: false }, { center: false }, { scale: false, center: false }]) {
      const model = normalized(options);
      expect(Number.isFinite(await train(model))).toBe(true);
      expectClose(last(model, 2)[0]!, [1, 15]);
      const x = tf.tensor2d(X);
      expect(read(model.predict(x) as tf.Tensor).every(Number.isFinite)).toBe(true);
      tf.dispose([x]);
      model.dispose();
    }
  });
});

test('stock moves a frozen mean, and needs scale and center', async () => {
  expect(await stock('frozen')).toEqual({ mean: [1], scale: expect.stringContaining('undefined') });
});
