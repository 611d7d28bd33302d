import { beforeAll, describe, expect, it } from 'vitest';
import { plansFor } from '../../../../src/backend/compiled/planned.ts';
import { runningEngine } from '../../../../src/backend/engine/start.ts';
import { tf } from '../../../../src/backend/index.ts';
import {
  categoricalCrossentropy,
  categoricalFocal,
  huber,
  sparseCategoricalCrossentropy,
} from '../../../../src/losses/index.ts';
import { compileStep } from '../../../../src/training/index.ts';
import { STACKS, stack } from './stacks.ts';
import { data, distance, onWasm, train, twins, uncompiled } from './support.ts';

beforeAll(onWasm);

const { layers } = tf;

describe('a compiled fit equals the ordinary one to 1e-5 over 100 steps', () => {
  it.each(STACKS)('%s', async (_name, input, list) => {
    const [a, b] = twins(() => stack(list));
    expect(plansFor(a).reasons()).toEqual([]);
    const shape = a.outputs[0]!.shape.slice(1) as number[];
    const trial = {
      x: data([32, ...input], 1),
      y: data([32, ...shape], 2),
      compile: () => ({ optimizer: tf.train.momentum(0.01, 0.5), loss: 'meanSquaredError' }),
    };
    const ours = await train(a, trial);
    const theirs = await uncompiled(() => train(b, trial));
    expect(distance(ours.weights, theirs.weights)).toBeLessThan(1e-5);
    expect(distance(ours.history.loss!, theirs.history.loss!)).toBeLessThan(1e-5);
    // It has learnt something, so that equality says something.
    expect(ours.history.loss!.at(-1)).toBeLessThan(ours.history.loss![0]!);
  });

  it('branches that meet, a shared layer and a model within a model', async () => {
    const make = () => {
      const x = tf.input({ shape: [6] });
      const shared = layers.dense({ units: 6, activation: 'tanh' });
      const inner = stack(() => [layers.dense({ units: 6, inputShape: [6], activation: 'relu' })]);
      const a = shared.apply(x);
      const b = shared.apply(a);
      const sum = layers.add().apply([a, b, x] as never);
      const product = layers.multiply().apply([sum, a] as never);
      const mean = layers.average().apply([product, b] as never);
      const joined = layers.concatenate().apply([mean, inner.apply(sum as never), x] as never);
      const y = layers.dense({ units: 3 }).apply(joined);
      return tf.model({ inputs: x, outputs: y as never });
    };
    const [a, b] = twins(make);
    const trial = {
      x: data([32, 6], 1),
      y: data([32, 3], 2),
      compile: () => ({ optimizer: tf.train.sgd(0.02), loss: 'meanSquaredError' }),
    };
    const ours = await train(a, trial);
    const theirs = await uncompiled(() => train(b, trial));
    expect(distance(ours.weights, theirs.weights)).toBeLessThan(1e-5);
  });

  it('several inputs and outputs, each with its loss and metrics', async () => {
    const make = () => {
      const [left, right] = [tf.input({ shape: [4] }), tf.input({ shape: [3] })];
      const joined = layers.concatenate().apply([left, right]);
      const hidden = layers.dense({ units: 8, activation: 'relu' }).apply(joined);
      const first = layers.dense({ units: 3, activation: 'softmax', name: 'first' }).apply(hidden);
      const second = layers.dense({ units: 1, name: 'second' }).apply(hidden);
      return tf.model({ inputs: [left, right], outputs: [first, second] as never });
    };
    const [a, b] = twins(make);
    const labels = tf.oneHot(tf.randomUniform([32], 0, 3, 'int32', 5), 3).toFloat();
    const trial = {
      x: [data([32, 4], 1), data([32, 3], 2)],
      y: [labels, data([32, 1], 4)],
      compile: () => ({
        optimizer: tf.train.sgd(0.05),
        loss: { first: 'categoricalCrossentropy', second: huber },
        metrics: ['accuracy'],
      }),
    };
    const ours = await train(a, trial as never);
    const theirs = await uncompiled(() => train(b, trial as never));
    expect(distance(ours.weights, theirs.weights)).toBeLessThan(1e-5);
    expect(Object.keys(ours.history)).toEqual(Object.keys(theirs.history));
    for (const [name, values] of Object.entries(ours.history)) {
      expect(distance(values, theirs.history[name]!), name).toBeLessThan(1e-4);
    }
  });

  it('several outputs of one value, of frozen layers and of a model within', async () => {
    const make = () => {
      const inside = tf.input({ shape: [4] });
      const hidden = layers.dense({ units: 4, activation: 'tanh' }).apply(inside);
      const parts = [inside, layers.dense({ units: 2 }).apply(hidden)] as never;
      const inner = tf.model({ inputs: inside, outputs: parts });
      const x = tf.input({ shape: [4] });
      const first = layers.dense({ units: 4 }).apply(x);
      const turned = layers.reshape({ targetShape: [2, 2] }).apply(first);
      const [same, other] = inner.apply(first) as never as [object, object];
      const joined = layers.concatenate().apply([same, other] as never);
      const frozen = layers.dense({ units: 300, trainable: false }).apply(x);
      return tf.model({ inputs: x, outputs: [first, turned, joined, frozen] as never });
    };
    const [a, b] = twins(make);
    const trial = {
      x: data([32, 4], 1),
      y: [data([32, 4], 2), data([32, 2, 2], 3), data([32, 6], 4), data([32, 300], 5)],
      compile: () => ({ optimizer: tf.train.sgd(0.02), loss: 'meanSquaredError' }),
    };
    const before = [...runningEngine()!.floats(0, 256)];
    const ours = await train(a, trial);
    expect([...runningEngine()!.floats(0, 256)]).toEqual(before);
    const theirs = await uncompiled(() => train(b, trial));
    expect(distance(ours.weights, theirs.weights)).toBeLessThan(1e-5);
    expect(distance(ours.history.loss!, theirs.history.loss!)).toBeLessThan(1e-5);
  });

  it('moves the means of a model within once, which has several outputs', () => {
    const inside = tf.input({ shape: [4] });
    const normed = layers.batchNormalization({ momentum: 0.5, name: 'normed' }).apply(inside);
    const parts = [1, 2].map((units) => layers.dense({ units }).apply(normed)) as never;
    const inner = tf.model({ inputs: inside, outputs: parts });
    const x = tf.input({ shape: [4] });
    const y = layers.concatenate().apply(inner.apply(x) as never);
    const model = tf.model({ inputs: x, outputs: y as never });
    const step = compileStep(model, { loss: 'meanSquaredError', optimizer: 'sgd' });
    const batch = data([8, 4], 1);
    step(batch, data([8, 3], 2));
    const moved = inner.getLayer('normed').getWeights()[2]!;
    const half = tf.div(tf.mean(batch, 0), 2);
    expect(distance([...moved.dataSync()], [...half.dataSync()])).toBeLessThan(1e-6);
  });

  it('a depthwise convolution, whose dilationRate tfjs ignores', async () => {
    const make = () =>
      stack(() => [
        layers.depthwiseConv2d({ kernelSize: 3, dilationRate: 2, inputShape: [8, 7, 2] }),
        layers.flatten(),
        layers.dense({ units: 2 }),
      ]);
    const [a, b] = twins(make);
    const trial = {
      x: data([16, 8, 7, 2], 1),
      y: data([16, 2], 2),
      compile: () => ({ optimizer: tf.train.sgd(0.02), loss: 'meanSquaredError' }),
    };
    expect(compileStep.explain(a)).toEqual([]);
    const ours = await train(a, trial);
    const theirs = await uncompiled(() => train(b, trial));
    expect(distance(ours.weights, theirs.weights)).toBeLessThan(1e-5);
  });

  it('an embedding of integers', async () => {
    const make = () =>
      stack(() => [
        layers.embedding({ inputDim: 11, outputDim: 6, inputLength: 5 }),
        layers.flatten(),
        layers.dense({ units: 2 }),
      ]);
    const [a, b] = twins(make);
    const trial = {
      x: tf.randomUniform([32, 5], 0, 11, 'int32', 3),
      y: data([32, 2], 2),
      compile: () => ({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' }),
    };
    const ours = await train(a, trial);
    const theirs = await uncompiled(() => train(b, trial));
    expect(distance(ours.weights, theirs.weights)).toBeLessThan(1e-5);
    const wrong = tf.tensor2d([[0, 1, 2, 3, 11]], [1, 5], 'int32');
    await expect(a.fit(wrong, data([1, 2], 1), { verbose: 0 })).rejects.toThrow(
      /embedding.*got the index 11; allowed are whole numbers from 0 to 10/,
    );
  });

  const classifier = () =>
    stack(() => [
      layers.dense({ units: 8, inputShape: [5], activation: 'relu' }),
      layers.dense({ units: 4, activation: 'softmax' }),
    ]);
  const classes = tf.randomUniform([30], 0, 4, 'int32', 9);
  const oneHot = tf.oneHot(classes, 4).toFloat();
  it.each([
    ['categoricalCrossentropy of tfjs', 'categoricalCrossentropy', oneHot],
    [
      'sparseCategoricalCrossentropy of tfjs',
      'sparseCategoricalCrossentropy',
      classes.toFloat().expandDims(1),
    ],
    ['categoricalCrossentropy', categoricalCrossentropy, oneHot],
    ['sparseCategoricalCrossentropy', sparseCategoricalCrossentropy, classes],
    ['categoricalCrossentropy of logits', categoricalCrossentropy({ fromLogits: true }), oneHot],
    ['sparseCategoricalCrossentropy of logits', sparseCategoricalCrossentropy({ fromLogits: true }), classes],
    ['categoricalFocal', categoricalFocal(), oneHot],
    ['binaryCrossentropy of tfjs', 'binaryCrossentropy', oneHot],
    ['meanAbsoluteError', 'meanAbsoluteError', oneHot],
    ['a loss that has no fused form', 'kullbackLeiblerDivergence', oneHot],
    ['a function', (y: never, p: never) => tf.losses.huberLoss(y, p), oneHot],
  ])('%s, with a last batch that is smaller', async (_name, loss, y) => {
    const [a, b] = twins(classifier);
    const compile = () => ({
      optimizer: tf.train.sgd(0.1),
      loss: loss as 'meanSquaredError',
      metrics: ['accuracy'],
    });
    const trial = { x: data([30, 5], 1), y, compile };
    const ours = await train(a, trial);
    const theirs = await uncompiled(() => train(b, trial));
    expect(distance(ours.weights, theirs.weights)).toBeLessThan(1e-5);
    expect(distance(ours.history.acc!, theirs.history.acc!)).toBeLessThan(1e-6);
  });
});
