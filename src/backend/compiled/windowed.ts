// Layers that move a window over images and sequences.
import { backend_util } from '@tensorflow/tfjs-core';
import type { Value } from './emitter.ts';
import { finish, type Lowering, needed, type Use, weight } from './lowering.ts';

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

export const convolution2d: Lowering = (use, emitter) => {
  const { inputs, out } = use;
  const kernel = needed(use, 'kernel');
  const info = convInfo(inputs[0]!.shape, kernel.variable.shape as Quad, windowOf(use, 2));
  const bias = weight(use, 'bias');
  return finish(use, emitter, emitter.convolve(inputs[0]!, { kind: 'full', kernel, bias, info }, out));
};

export const convolution1d: Lowering = (use, emitter) => {
  const { inputs, out } = use;
  const kernel = needed(use, 'kernel');
  const image = emitter.reshape(inputs[0]!, asImage(inputs[0]!.shape));
  const info = convInfo(image.shape, [1, ...(kernel.variable.shape as number[])], windowOf(use, 1));
  const bias = weight(use, 'bias');
  const y = emitter.convolve(image, { kind: 'full', kernel, bias, info }, asImage(out));
  return finish(use, emitter, emitter.reshape(y, out));
};

export const depthwise: Lowering = (use, emitter) => {
  const { inputs, out } = use;
  const kernel = needed(use, 'depthwiseKernel');
  // tfjs's layer ignores its dilationRate.
  const window: Window = { ...windowOf(use, 2), dilations: [1, 1] };
  const info = convInfo(inputs[0]!.shape, kernel.variable.shape as Quad, window, true);
  const bias = weight(use, 'bias');
  return finish(use, emitter, emitter.convolve(inputs[0]!, { kind: 'depthwise', kernel, bias, info }, out));
};

export const separable: Lowering = (use, emitter) => {
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

export function pooling(kind: 'max' | 'avg', rank: 1 | 2): Lowering {
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

export function globalPooling(kind: 'max' | 'avg', rank: 1 | 2): Lowering {
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
