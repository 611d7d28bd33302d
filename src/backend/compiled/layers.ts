// How each kind of layer is taken apart into the operations of an emitter.
import {
  backend_util,
  onesLike,
  serialization,
  type Tensor,
  dropout as tfDropout,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';
import type { ActivationName, Emitter, Value, WeightUse } from './emitter.ts';

/** A layer, of which tfjs declares little. */
export interface AnyLayer {
  readonly name: string;
  readonly trainable: boolean;
  getClassName(): string;
  readonly [member: string]: unknown;
}

/** One use of a layer: what goes in, the shape of what comes out, and where to say why it cannot be taken. */
interface Use<V extends Value> {
  readonly layer: AnyLayer;
  readonly inputs: readonly V[];
  readonly out: readonly number[];
  /** Whether training changes a weight. */
  trains(variable: LayerVariable): boolean;
  refuse(reason: string): void;
}

type Lowering = <V extends Value>(use: Use<V>, emitter: Emitter<V>) => V;

const ACTIVATIONS: ReadonlySet<string> = new Set<ActivationName>([
  'relu',
  'relu6',
  'sigmoid',
  'elu',
  'tanh',
  'selu',
  'softplus',
  'softsign',
  'hardSigmoid',
  'swish',
  'softmax',
]);

interface Named {
  getClassName(): string;
}

let classes: Readonly<Record<string, readonly unknown[]>> | undefined;

/** tfjs's classes by their names, as they are when this is first asked for. */
function stockClasses(): NonNullable<typeof classes> {
  classes ??= { ...serialization.SerializationMap.getMap().classNameMap };
  return classes;
}

/** Whether it is of tfjs's class of its name: one that extends it has the name as well, and a way of its own. */
export const isOwn = (one: Named): boolean => stockClasses()[one.getClassName()]?.[0] === one.constructor;

function nameOf(activation: unknown): string {
  if (activation === null || activation === undefined) return 'linear';
  const named = activation as Named;
  return isOwn(named) ? named.getClassName() : `of the class ${named.constructor.name}`;
}

function weight({ layer, trains }: Use<Value>, name: string, holder: object = layer): WeightUse | undefined {
  const variable = Reflect.get(holder, name) as LayerVariable | null | undefined;
  if (variable === null || variable === undefined) return undefined;
  return { variable, isTrained: trains(variable) };
}

/** A weight that the layer must have. */
function needed(use: Use<Value>, name: string, holder: object = use.layer): WeightUse {
  const found = weight(use, name, holder);
  if (!found)
    throw new Error(`compileStep: the layer ${use.layer.name} has no weight ${name}: it is not built`);
  return found;
}

/** The activation at the end of a layer. */
function finish<V extends Value>(
  { layer, refuse }: Use<V>,
  emitter: Emitter<V>,
  x: V,
  activation: unknown = layer.activation,
): V {
  const name = nameOf(activation);
  if (name === 'linear') return x;
  if (ACTIVATIONS.has(name)) return emitter.activate(x, name as ActivationName, { isLast: true });
  refuse(`the activation ${name} has no compiled form`);
  return x;
}

const dense: Lowering = (use, emitter) => {
  const { inputs, out } = use;
  return finish(use, emitter, emitter.matMul(inputs[0]!, needed(use, 'kernel'), weight(use, 'bias'), out));
};

type Pair = [number, number];
type Quad = [number, number, number, number];
const pair = (value: unknown): Pair =>
  Array.isArray(value) ? (value as Pair) : [Number(value), Number(value)];

/** The shapes of an image of one row, as which sequences are convolved and pooled. */
const asImage = (shape: readonly number[]): Quad => [shape[0]!, 1, shape[1]!, shape[2]!];

interface Window {
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: 'same' | 'valid';
}

function windowOf({ layer, refuse }: Use<Value>, rank: 1 | 2): Window {
  const of = (name: string): Pair => {
    const value = layer[name] ?? 1;
    return rank === 2 ? pair(value) : [1, pair(value)[0]];
  };
  if (layer.dataFormat !== undefined && layer.dataFormat !== 'channelsLast') {
    refuse(`the data format ${String(layer.dataFormat)} has no compiled form; channelsLast has`);
  }
  const { padding } = layer;
  if (padding !== 'same' && padding !== 'valid') {
    refuse(`the padding ${String(padding)} has no compiled form; same and valid have`);
  }
  return {
    strides: of('strides'),
    dilations: of('dilationRate'),
    padding: padding === 'same' ? 'same' : 'valid',
  };
}

function convInfo(shape: readonly number[], kernel: readonly number[], window: Window, isDepthwise = false) {
  const { strides, dilations, padding } = window;
  return backend_util.computeConv2DInfo(
    shape as Quad,
    kernel as Quad,
    strides,
    dilations,
    padding,
    undefined,
    isDepthwise,
  );
}

const convolution2d: Lowering = (use, emitter) => {
  const { inputs, out } = use;
  const kernel = needed(use, 'kernel');
  const info = convInfo(inputs[0]!.shape, kernel.variable.shape as Quad, windowOf(use, 2));
  const bias = weight(use, 'bias');
  return finish(use, emitter, emitter.convolve(inputs[0]!, { kind: 'full', kernel, bias, info }, out));
};

const convolution1d: Lowering = (use, emitter) => {
  const { inputs, out } = use;
  const kernel = needed(use, 'kernel');
  const image = emitter.reshape(inputs[0]!, asImage(inputs[0]!.shape));
  const info = convInfo(image.shape, [1, ...(kernel.variable.shape as number[])], windowOf(use, 1));
  const bias = weight(use, 'bias');
  const y = emitter.convolve(image, { kind: 'full', kernel, bias, info }, asImage(out));
  return finish(use, emitter, emitter.reshape(y, out));
};

const depthwise: Lowering = (use, emitter) => {
  const { inputs, out } = use;
  const kernel = needed(use, 'depthwiseKernel');
  // tfjs's layer ignores its dilationRate.
  const window: Window = { ...windowOf(use, 2), dilations: [1, 1] };
  const info = convInfo(inputs[0]!.shape, kernel.variable.shape as Quad, window, true);
  const bias = weight(use, 'bias');
  return finish(use, emitter, emitter.convolve(inputs[0]!, { kind: 'depthwise', kernel, bias, info }, out));
};

const separable: Lowering = (use, emitter) => {
  const { inputs, out } = use;
  const kernel = needed(use, 'depthwiseKernel');
  const [, , channels, multiplier] = kernel.variable.shape as Quad;
  const info = convInfo(inputs[0]!.shape, kernel.variable.shape as Quad, windowOf(use, 2), true);
  const between = [...out.slice(0, 3), channels * multiplier];
  const deep = emitter.convolve(inputs[0]!, { kind: 'depthwise', kernel, bias: undefined, info }, between);
  // A window of one pixel is a product of matrices.
  const mixed = emitter.matMul(deep, needed(use, 'pointwiseKernel'), weight(use, 'bias'), out);
  return finish(use, emitter, mixed);
};

function pooling(kind: 'max' | 'avg', rank: 1 | 2): Lowering {
  return (use, emitter) => {
    const { layer, inputs, out } = use;
    const { strides, padding } = windowOf(use, rank);
    const size = rank === 2 ? pair(layer.poolSize) : ([1, pair(layer.poolSize)[0]] as Pair);
    const image = rank === 2 ? inputs[0]! : emitter.reshape(inputs[0]!, asImage(inputs[0]!.shape));
    const info = backend_util.computePool2DInfo(image.shape as Quad, size, strides, 1, padding);
    if (rank === 2) return emitter.pool(image, kind, info, out);
    return emitter.reshape(emitter.pool(image, kind, info, asImage(out)), out);
  };
}

function globalPooling(kind: 'max' | 'avg', rank: 1 | 2): Lowering {
  return (use, emitter) => {
    const { inputs, out } = use;
    if (rank === 2 && use.layer.dataFormat !== 'channelsLast') windowOf(use, 2);
    const image = rank === 2 ? inputs[0]! : emitter.reshape(inputs[0]!, asImage(inputs[0]!.shape));
    const [batch, height, width, channels] = image.shape as Quad;
    const info = backend_util.computePool2DInfo(
      image.shape as Quad,
      [height, width],
      [height, width],
      1,
      'valid',
    );
    return emitter.reshape(emitter.pool(image, kind, info, [batch, 1, 1, channels]), out);
  };
}

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

/** Activations whose derivative follows from their value, as cells need them. */
const CELL_ACTIVATIONS: ReadonlySet<string> = new Set([
  'linear',
  ...[...ACTIVATIONS].filter((name) => name !== 'swish' && name !== 'softmax'),
]);

function recurrent(kind: 'simple' | 'lstm' | 'gru'): Lowering {
  return (use, emitter) => {
    const { layer, inputs, refuse, out } = use;
    const cell = layer.cell as AnyLayer;
    if (inputs.length > 1) refuse('an initial state given as an input has no compiled form');
    for (const name of ['returnState', 'goBackwards', 'stateful']) {
      if (layer[name]) refuse(`${name} has no compiled form`);
    }
    for (const name of ['dropout', 'recurrentDropout']) {
      if (Number(cell[name] ?? 0) > 0) refuse(`${name} within a recurrent layer has no compiled form`);
    }
    const activation = nameOf(cell.activation);
    const gateActivation = nameOf(cell.recurrentActivation);
    for (const name of [activation, gateActivation]) {
      if (!CELL_ACTIVATIONS.has(name)) refuse(`the activation ${name} has no compiled form in a cell`);
    }
    return emitter.recur(
      inputs[0]!,
      {
        kind,
        units: Number(cell.units),
        kernel: needed(use, 'kernel', cell),
        recurrentKernel: needed(use, 'recurrentKernel', cell),
        bias: weight(use, 'bias', cell),
        activation: activation as ActivationName,
        gateActivation: gateActivation as ActivationName,
        returnsSequences: Boolean(layer.returnSequences),
      },
      out,
    );
  };
}

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
