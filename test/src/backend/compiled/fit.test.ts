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
import { data, distance, onWasm, train, twins, uncompiled } from './support.ts';

beforeAll(onWasm);

type Layer = ReturnType<typeof tf.layers.dense>;
type Layers = () => unknown[];

const { layers } = tf;
const stack = (list: Layers): ReturnType<typeof tf.sequential> =>
  tf.sequential({ layers: list() as Layer[] });

/** Stacks of layers by what is new in them. */
const STACKS: readonly (readonly [name: string, input: readonly number[], Layers])[] = [
  [
    'dense',
    [7],
    () => [layers.dense({ units: 5, inputShape: [7], activation: 'relu' }), layers.dense({ units: 3 })],
  ],
  ['dense on sequences', [4, 6], () => [layers.dense({ units: 5, inputShape: [4, 6] }), layers.flatten()]],
  ['no bias', [6], () => [layers.dense({ units: 9, inputShape: [6], useBias: false, activation: 'tanh' })]],
  ...['relu6', 'sigmoid', 'elu', 'selu', 'softplus', 'softsign', 'hardSigmoid', 'swish', 'softmax'].map(
    (activation): (typeof STACKS)[number] => [
      activation,
      [6],
      () => [
        layers.dense({ units: 9, inputShape: [6], activation: activation as 'relu' }),
        layers.dense({ units: 4, activation: activation as 'relu' }),
      ],
    ],
  ),
  [
    'activations of their own',
    [6],
    () => [
      layers.dense({ units: 10, inputShape: [6] }),
      layers.leakyReLU({ alpha: 0.1 }),
      layers.dense({ units: 8 }),
      layers.elu(),
      layers.dense({ units: 8 }),
      layers.reLU({ maxValue: 6 }),
      layers.activation({ activation: 'swish' }),
      layers.dense({ units: 5 }),
      layers.softmax(),
    ],
  ],
  [
    'convolutions',
    [9, 8, 3],
    () => [
      layers.conv2d({
        filters: 5,
        kernelSize: 3,
        inputShape: [9, 8, 3],
        activation: 'relu',
        padding: 'same',
      }),
      layers.conv2d({ filters: 4, kernelSize: [2, 3], strides: 2 }),
      layers.flatten(),
      layers.dense({ units: 3 }),
    ],
  ],
  [
    'convolutions of sequences',
    [12, 3],
    () => [
      layers.conv1d({ filters: 6, kernelSize: 3, inputShape: [12, 3], activation: 'tanh' }),
      layers.maxPooling1d({ poolSize: 2 }),
      layers.conv1d({ filters: 4, kernelSize: 2, dilationRate: 2, padding: 'same' }),
      layers.averagePooling1d({ poolSize: 2 }),
      layers.flatten(),
    ],
  ],
  [
    'depthwise and separable convolutions',
    [8, 7, 3],
    () => [
      layers.depthwiseConv2d({
        kernelSize: 3,
        depthMultiplier: 2,
        inputShape: [8, 7, 3],
        activation: 'relu',
        padding: 'same',
      }),
      layers.separableConv2d({
        filters: 5,
        kernelSize: 3,
        strides: 2,
        depthMultiplier: 2,
        activation: 'tanh',
      }),
      layers.flatten(),
    ],
  ],
  [
    'pooling',
    [8, 8, 2],
    () => [
      layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 2], padding: 'same' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }),
      layers.flatten(),
    ],
  ],
  [
    'pooling over all',
    [6, 5, 2],
    () => [
      layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [6, 5, 2] }),
      layers.globalAveragePooling2d({}),
      layers.reshape({ targetShape: [2, 2] }),
      layers.globalMaxPooling1d({}),
    ],
  ],
  [
    'batch normalization',
    [6, 5, 3],
    () => [
      layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [6, 5, 3], useBias: false }),
      layers.batchNormalization({ momentum: 0.7 }),
      layers.activation({ activation: 'relu' }),
      layers.flatten(),
      layers.dense({ units: 3 }),
    ],
  ],
  [
    'layer normalization',
    [10],
    () => [
      layers.dense({ units: 7, inputShape: [10] }),
      layers.layerNormalization(),
      layers.dense({ units: 3, activation: 'sigmoid' }),
    ],
  ],
  [
    'dropout with a seed',
    [10],
    () => [
      layers.dense({ units: 17, inputShape: [10], activation: 'relu' }),
      layers.dropout({ rate: 0.4, seed: 3 }),
      layers.dense({ units: 3 }),
    ],
  ],
  [
    'lstm',
    [6, 4],
    () => [layers.lstm({ units: 7, inputShape: [6, 4], returnSequences: true }), layers.lstm({ units: 5 })],
  ],
  [
    'gru',
    [6, 4],
    () => [
      layers.gru({ units: 7, inputShape: [6, 4], returnSequences: true }),
      layers.gru({ units: 5, recurrentActivation: 'sigmoid' }),
    ],
  ],
  [
    'simple recurrence',
    [6, 4],
    () => [
      layers.simpleRNN({ units: 7, inputShape: [6, 4], returnSequences: true }),
      layers.simpleRNN({ units: 5, activation: 'relu' }),
    ],
  ],
];

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

const twoLayers = () =>
  stack(() => [layers.dense({ units: 6, inputShape: [5] }), layers.dense({ units: 2 })]);

describe('a compiled fit', () => {
  it('frees its memory', async () => {
    const model = stack(STACKS[0]![2]);
    const optimizer = tf.train.sgd(0.01);
    const trial = {
      x: data([32, 7], 1),
      y: data([32, 3], 2),
      compile: () => ({ optimizer, loss: 'meanSquaredError' }),
      epochs: 2,
    };
    await train(model, trial);
    const before = tf.memory();
    await train(model, { ...trial, epochs: 5 });
    const after = tf.memory();
    expect([after.numTensors, after.numBytes]).toEqual([before.numTensors, before.numBytes]);
  });

  it('leaves out what was frozen since the model was compiled', async () => {
    const [a, b] = twins(twoLayers);
    const [x, y] = [data([8, 5], 1), data([8, 2], 2)];
    for (const model of [a, b]) {
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
      model.layers[0]!.trainable = false;
    }
    const kernelOf = () => [...a.layers[0]!.getWeights()[0]!.dataSync()];
    const kernel = kernelOf();
    await a.trainOnBatch(x, y);
    await uncompiled(() => b.trainOnBatch(x, y));
    expect(kernelOf()).toEqual(kernel);
    const [ours, theirs] = [a, b].map((model) => model.getWeights().flatMap((one) => [...one.dataSync()]));
    expect(distance(ours!, theirs!)).toBeLessThan(1e-6);
    for (const model of [a, b]) model.layers[1]!.trainable = false;
    const refused = /expects at least one of the input variables to be trainable/;
    await expect(a.trainOnBatch(x, y)).rejects.toThrow(refused);
    await expect(uncompiled(() => b.trainOnBatch(x, y))).rejects.toThrow(refused);
  });

  it('leaves no tensor of a step whose metric throws', async () => {
    const model = twoLayers();
    let fails = false;
    const metric = (y: never, p: never) => {
      if (fails) throw new Error('no metric');
      return tf.metrics.meanAbsoluteError(y, p);
    };
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError', metrics: metric as never });
    const [x, y] = [data([8, 5], 1), data([8, 2], 2)];
    await model.trainOnBatch(x, y);
    const before = tf.memory().numTensors;
    fails = true;
    await expect(model.trainOnBatch(x, y)).rejects.toThrow('no metric');
    expect(tf.memory().numTensors).toBe(before);
    fails = false;
    await model.trainOnBatch(x, y);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('drops other elements in each step, about as many as asked for', async () => {
    const model = stack(() => [
      layers.dense({ units: 4000, inputShape: [1], useBias: false, kernelInitializer: 'ones' }),
      layers.dropout({ rate: 0.25 }),
    ]);
    const seen: number[][] = [];
    const loss = (_y: never, p: { dataSync(): Float32Array }) => {
      seen.push([...p.dataSync()]);
      return tf.sum(p as never);
    };
    model.compile({ optimizer: tf.train.sgd(0), loss: loss as never });
    await model.fit(tf.ones([2, 1]), tf.zeros([2, 4000]), { epochs: 2, batchSize: 1, verbose: 0 });
    // tfjs asks for the loss once more, to learn what it gives.
    const drawn = seen.filter((values) => values.includes(0));
    expect(drawn.length).toBeGreaterThanOrEqual(4);
    for (const values of drawn) {
      const kept = values.filter((value) => value !== 0);
      expect(kept.every((value) => Math.abs(value - 4 / 3) < 1e-6)).toBe(true);
      expect(kept.length / values.length).toBeGreaterThan(0.71);
      expect(kept.length / values.length).toBeLessThan(0.79);
    }
    expect(String(drawn[0])).not.toBe(String(drawn.at(-1)));
  });

  it('takes NaN in weights for what it is', async () => {
    const model = stack(STACKS[0]![2]);
    const [kernel, ...rest] = model.getWeights();
    model.setWeights([tf.fill(kernel!.shape, Number.NaN), ...rest]);
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const { history } = await model.fit(data([8, 7], 1), data([8, 3], 1), { epochs: 1, verbose: 0 });
    expect(history.loss).toEqual([Number.NaN]);
  });
});
