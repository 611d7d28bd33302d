// How each kind of layer is taken apart into the operations of an emitter.
import { onesLike, type Tensor, dropout as tfDropout, tidy, zeros } from '@tensorflow/tfjs-core';
import type { ActivationName, Value } from './emitter.ts';
import { ACTIVATIONS, finish, type Lowering, nameOf, needed, type Use, weight } from './lowering.ts';
import { recurrent } from './recurrent.ts';
import { convolution1d, convolution2d, depthwise, globalPooling, pooling, separable } from './windowed.ts';

const dense: Lowering = (use, emitter) => {
  const { inputs, out } = use;
  return finish(use, emitter, emitter.matMul(inputs[0]!, needed(use, 'kernel'), weight(use, 'bias'), out));
};

const reshape: Lowering = ({ inputs, out }, emitter) => emitter.reshape(inputs[0]!, out);

const flatten: Lowering = ({ layer, inputs, out, refuse }, emitter) => {
  if (layer.dataFormat === 'channelsFirst') refuse('the data format channelsFirst has no compiled form');
  return emitter.reshape(inputs[0]!, out);
};

const pass: Lowering = ({ inputs }) => inputs[0]!;

const activation: Lowering = (use, emitter) => {
  const { layer, inputs, refuse } = use;
  const name = nameOf(layer.activation);
  if (name === 'linear') return inputs[0]!;
  if (ACTIVATIONS.has(name)) return emitter.activate(inputs[0]!, name as ActivationName);
  refuse(`the activation ${name} has no compiled form`);
  return inputs[0]!;
};

const relu: Lowering = ({ layer, inputs, refuse }, emitter) => {
  const { maxValue } = layer;
  if (maxValue !== undefined && maxValue !== null && maxValue !== 6) {
    refuse(`a maxValue of ${String(maxValue)} has no compiled form; none and 6 have`);
  }
  return emitter.activate(inputs[0]!, maxValue === 6 ? 'relu6' : 'relu');
};

const leakyRelu: Lowering = ({ layer, inputs }, emitter) =>
  emitter.activate(inputs[0]!, 'leakyRelu', { alpha: Number(layer.alpha) });

/** tfjs's layer ignores its own alpha. */
const elu: Lowering = ({ inputs }, emitter) => emitter.activate(inputs[0]!, 'elu');

const softmax: Lowering = ({ layer, inputs, refuse }, emitter) => {
  const { axis } = layer;
  const last = inputs[0]!.shape.length - 1;
  if (axis !== undefined && axis !== null && axis !== -1 && axis !== last) {
    refuse(`a softmax along axis ${String(axis)} has no compiled form; one along the last axis has`);
  }
  return emitter.activate(inputs[0]!, 'softmax');
};

const dropout: Lowering = ({ layer, inputs, refuse, out }, emitter) => {
  const rate = Number(layer.rate);
  if (layer.noiseShape !== undefined && layer.noiseShape !== null) {
    refuse('a noiseShape has no compiled form');
  }
  if (!(rate > 0 && rate < 1)) return inputs[0]!;
  const { seed } = layer as { seed?: number | null };
  if (seed === undefined || seed === null) return emitter.dropout(inputs[0]!, rate);
  // With a seed tfjs drops the same elements in every step.
  const mask = (): Tensor => tidy(() => tfDropout(onesLike(zeros([...out])), rate, undefined, seed));
  return emitter.dropout(inputs[0]!, rate, mask);
};

const batchNorm: Lowering = (use, emitter) => {
  const { layer, inputs, refuse } = use;
  const [x] = inputs as readonly [(typeof inputs)[number]];
  const axis = Number(layer.axis);
  if (axis !== -1 && axis !== x.shape.length - 1) {
    refuse(`the axis ${axis} has no compiled form; the last one has`);
  }
  return emitter.batchNorm(x, {
    gamma: weight(use, 'gamma'),
    beta: weight(use, 'beta'),
    movingMean: needed(use, 'movingMean'),
    movingVariance: needed(use, 'movingVariance'),
    epsilon: Number(layer.epsilon),
    momentum: Number(layer.momentum),
    usesBatch: layer.trainable,
  });
};

const layerNorm: Lowering = (use, emitter) => {
  const { layer, inputs, refuse } = use;
  const [x] = inputs as readonly [(typeof inputs)[number]];
  const axes = [layer.axis].flat().map(Number);
  if (axes.length !== 1 || (axes[0] !== -1 && axes[0] !== x.shape.length - 1)) {
    refuse(`the axes ${axes.join(', ')} have no compiled form; the last one has`);
  }
  return emitter.layerNorm(x, {
    gamma: weight(use, 'gamma'),
    beta: weight(use, 'beta'),
    epsilon: Number(layer.epsilon),
  });
};

const embedding: Lowering = (use, emitter) => {
  const { layer, inputs, refuse, out } = use;
  if (layer.maskZero) refuse('masks (maskZero) have no compiled form');
  return emitter.embed(inputs[0]!, needed(use, 'embeddings'), out);
};

const sameShapes = <V extends Value>({ inputs, refuse }: Use<V>): void => {
  if (inputs.some(({ shape }) => String(shape) !== String(inputs[0]!.shape))) {
    const shapes = inputs.map(({ shape }) => `[${shape}]`).join(' and ');
    refuse(`inputs of different shapes (${shapes}) have no compiled form`);
  }
};

const add: Lowering = (use, emitter) => {
  sameShapes(use);
  return emitter.add(use.inputs, 1);
};

const average: Lowering = (use, emitter) => {
  sameShapes(use);
  return emitter.add(use.inputs, 1 / use.inputs.length);
};

const multiply: Lowering = (use, emitter) => {
  sameShapes(use);
  return emitter.multiply(use.inputs);
};

const concatenate: Lowering = ({ layer, inputs, out }, emitter) => {
  const axis = Number(layer.axis);
  return emitter.concatenate(inputs, axis < 0 ? axis + out.length : axis, out);
};

/** The kinds of layers that are known, by tfjs's class names. */
export const lowerings: Readonly<Record<string, Lowering>> = {
  Dense: dense,
  Conv2D: convolution2d,
  Conv1D: convolution1d,
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
  MaxPooling1D: pooling('max', 1),
  MaxPooling2D: pooling('max', 2),
  AveragePooling1D: pooling('avg', 1),
  AveragePooling2D: pooling('avg', 2),
  GlobalMaxPooling1D: globalPooling('max', 1),
  GlobalMaxPooling2D: globalPooling('max', 2),
  GlobalAveragePooling1D: globalPooling('avg', 1),
  GlobalAveragePooling2D: globalPooling('avg', 2),
  Flatten: flatten,
  Reshape: reshape,
  Dropout: dropout,
  Activation: activation,
  ReLU: relu,
  LeakyReLU: leakyRelu,
  ELU: elu,
  Softmax: softmax,
  BatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  Embedding: embedding,
  Add: add,
  Average: average,
  Multiply: multiply,
  Concatenate: concatenate,
  SimpleRNN: recurrent('simple'),
  LSTM: recurrent('lstm'),
  GRU: recurrent('gru'),
  InputLayer: pass,
};
