import { describe, expect, it } from 'vitest';
import { plansFor } from '../../../../src/backend/compiled/planned.ts';
import { tf } from '../../../../src/backend/index.ts';
import { nativeTensors, onNativeTensorflow } from '../../native.ts';
import { data, distance, train, twins, uncompiled } from './support.ts';

const { layers } = tf;

onNativeTensorflow();

const activations = ['relu', 'relu6', 'sigmoid', 'elu', 'tanh', 'selu', 'softplus', 'softsign', 'softmax'];
const STACKS = {
  dense: () => [
    layers.dense({ units: 6, inputShape: [5], activation: 'relu' }),
    layers.leakyReLU({ alpha: 0.2 }),
    layers.dense({ units: 3, useBias: false }),
  ],
  ...Object.fromEntries(
    activations.map((activation) => [
      activation,
      () => [
        layers.dense({ units: 6, inputShape: [3, 5], activation: activation as 'relu' }),
        layers.dense({ units: 4, activation: activation as 'relu' }),
      ],
    ]),
  ),
  convolutions: () => [
    layers.conv2d({ filters: 5, kernelSize: 3, inputShape: [9, 8, 3], activation: 'relu', padding: 'same' }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 4, kernelSize: [2, 3], dilationRate: 1, strides: 1 }),
    layers.averagePooling2d({ poolSize: 2, strides: 1 }),
    layers.flatten(),
    layers.dense({ units: 3 }),
  ],
  'depthwise and separable convolutions': () => [
    layers.depthwiseConv2d({ kernelSize: 3, inputShape: [8, 7, 3], depthMultiplier: 2, activation: 'relu' }),
    layers.separableConv2d({ filters: 4, kernelSize: 3, padding: 'same' }),
    layers.globalAveragePooling2d({}),
  ],
  sequences: () => [
    layers.conv1d({ filters: 4, kernelSize: 3, inputShape: [9, 2], activation: 'tanh' }),
    layers.maxPooling1d({ poolSize: 2 }),
    layers.globalMaxPooling1d({}),
  ],
};

describe('a compiled fit on native TensorFlow equals the ordinary one to 1e-5 over 100 steps', () => {
  it.each(Object.entries(STACKS))('%s', async (_name, list) => {
    const [a, b] = twins(() => tf.sequential({ layers: list() as ReturnType<typeof layers.dense>[] }));
    expect(plansFor(a).reasons()).toEqual([]);
    const [input, output] = [a.inputs[0]!, a.outputs[0]!].map(({ shape }) => shape.slice(1) as number[]);
    const optimizer = { ours: tf.train.momentum(0.01, 0.5), theirs: tf.train.momentum(0.01, 0.5) };
    const trial = { x: data([30, ...input!], 1), y: data([30, ...output!], 2) };
    const compile = (which: 'ours' | 'theirs') => () => ({
      optimizer: optimizer[which],
      loss: 'meanSquaredError',
      metrics: ['mae'],
    });
    const ours = await train(a, { ...trial, compile: compile('ours') });
    const theirs = await uncompiled(() => train(b, { ...trial, compile: compile('theirs') }));
    expect(distance(ours.weights, theirs.weights)).toBeLessThan(1e-5);
    expect(distance(ours.history.mae!, theirs.history.mae!)).toBeLessThan(1e-5);
    expect(ours.history.loss!.at(-1)).toBeLessThan(ours.history.loss![0]!);
    const before = [tf.memory().numTensors, nativeTensors()];
    await train(a, { ...trial, compile: compile('ours'), epochs: 3 });
    expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
  });

  it.each(['int32', 'bool'] as const)('a batch of %s', async (dtype) => {
    const [a, b] = twins(() => tf.sequential({ layers: [layers.dense({ units: 2, inputShape: [5] })] }));
    const compile = () => ({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
    const trial = { x: tf.cast(tf.mul(data([30, 5], 1), 2), dtype), y: data([30, 2], 2), compile };
    const ours = await train(a, trial);
    const theirs = await uncompiled(() => train(b, trial));
    expect(distance(ours.weights, theirs.weights)).toBeLessThan(1e-5);
  });

  it('a sum of branches, of which one is the input', async () => {
    const make = () => {
      const x = tf.input({ shape: [6] });
      const a = layers.dense({ units: 6, activation: 'tanh' }).apply(x);
      const sum = layers.add().apply([a, x, a] as never);
      return tf.model({ inputs: x, outputs: layers.dense({ units: 2 }).apply(sum) as never });
    };
    const [a, b] = twins(make);
    const compile = () => ({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
    const trial = { x: data([30, 6], 1), y: data([30, 2], 2), compile };
    const ours = await train(a, trial);
    const theirs = await uncompiled(() => train(b, trial));
    expect(distance(ours.weights, theirs.weights)).toBeLessThan(1e-5);
  });
});

it('what has no compiled form there is named, and trains the ordinary way', async () => {
  const model = tf.sequential({
    layers: [
      layers.dense({ units: 4, inputShape: [5], name: 'first', activation: 'swish' }),
      layers.dropout({ rate: 0.1, name: 'second' }),
      layers.reshape({ targetShape: [2, 2, 1] }),
      layers.separableConv2d({ filters: 2, kernelSize: 2, dilationRate: 2, padding: 'same', name: 'third' }),
      layers.flatten(),
      layers.dense({ units: 1 }),
    ],
  });
  expect(plansFor(model).reasons()).toEqual([
    'the layer first: the activation swish has no compiled form on the native back end',
    'the layer second: dropout has no compiled form on the native back end',
    'the layer third: a depthwise convolution with dilation has no compiled form on the native back end',
  ]);
  const compile = () => ({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
  const { history } = await train(model, { x: data([30, 5], 1), y: data([30, 1], 2), compile });
  expect(history.loss!.at(-1)).toBeLessThan(history.loss![0]!);
});
