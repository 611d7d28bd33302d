import { tf } from '../../../../src/backend/index.ts';

type Layer = ReturnType<typeof tf.layers.dense>;
type Layers = () => unknown[];

const { layers } = tf;
/** A model of layers one after the other. */
export const stack = (list: Layers): ReturnType<typeof tf.sequential> =>
  tf.sequential({ layers: list() as Layer[] });

/** Stacks of layers by what is new in them. */
export const STACKS: readonly (readonly [name: string, input: readonly number[], Layers])[] = [
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
