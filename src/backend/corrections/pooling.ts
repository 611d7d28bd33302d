import {
  AvgPool,
  AvgPool3DGrad,
  AvgPoolGrad,
  backend_util,
  type DataType,
  MaxPool,
  MaxPool3D,
  MaxPool3DGrad,
  MaxPoolGrad,
  MaxPoolWithArgmax,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { Kernels } from './kernels.ts';
import { type Arguments, type Backend, type Numbers, result, valuesOf } from './memory.ts';

/** Windows along one axis. */
interface Axis {
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

/** A pooling over three axes; that of a plane has one of length 1. */
interface Pooling {
  readonly batch: number;
  readonly channels: number;
  readonly axes: readonly [Axis, Axis, Axis];
  readonly outShape: number[];
}

interface Attributes {
  readonly filterSize: number | [number, number, number];
  readonly strides: number | [number, number, number];
  readonly dilations?: number;
  readonly pad: 'same';
  readonly dimRoundingMode?: 'floor';
  readonly includeBatchInIndex?: boolean;
}

const FLAT: Axis = { from: 1, to: 1, size: 1, stride: 1, dilation: 1, before: 0 };

function planeOf(
  shape: readonly number[],
  { filterSize, strides, dilations = 1, pad, dimRoundingMode }: Attributes,
): Pooling {
  const info = backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize as number,
    strides as number,
    dilations,
    pad,
    dimRoundingMode,
  );
  const { padInfo } = info;
  const row = {
    from: info.inHeight,
    to: info.outHeight,
    size: info.filterHeight,
    stride: info.strideHeight,
    dilation: info.dilationHeight,
    before: padInfo.top,
  };
  const column = {
    from: info.inWidth,
    to: info.outWidth,
    size: info.filterWidth,
    stride: info.strideWidth,
    dilation: info.dilationWidth,
    before: padInfo.left,
  };
  return {
    batch: info.batchSize,
    channels: info.inChannels,
    axes: [FLAT, row, column],
    outShape: info.outShape,
  };
}

function spaceOf(
  shape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode }: Attributes,
): Pooling {
  const info = backend_util.computePool3DInfo(
    shape as [number, number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const { padInfo } = info;
  const level = {
    from: info.inDepth,
    to: info.outDepth,
    size: info.filterDepth,
    stride: info.strideDepth,
    dilation: 1,
    before: padInfo.front,
  };
  const row = {
    from: info.inHeight,
    to: info.outHeight,
    size: info.filterHeight,
    stride: info.strideHeight,
    dilation: 1,
    before: padInfo.top,
  };
  const column = {
    from: info.inWidth,
    to: info.outWidth,
    size: info.filterWidth,
    stride: info.strideWidth,
    dilation: 1,
    before: padInfo.left,
  };
  return {
    batch: info.batchSize,
    channels: info.inChannels,
    axes: [level, row, column],
    outShape: info.outShape,
  };
}

const poolingOf = (x: TensorInfo, attrs: unknown): Pooling =>
  x.shape.length === 5 ? spaceOf(x.shape, attrs as Attributes) : planeOf(x.shape, attrs as Attributes);

/** The places inside the input that each window along an axis covers. */
const windowsOf = ({ from, to, size, stride, dilation, before }: Axis): number[][] =>
  Array.from({ length: to }, (_, i) =>
    Array.from({ length: size }, (_, k) => i * stride - before + k * dilation).filter(
      (p) => p >= 0 && p < from,
    ),
  );

/** Calls `f` for each window with where its first channel is in the output, and where those of its pixels are in the input. */
function eachWindow(
  { batch, channels, axes }: Pooling,
  f: (to: number, from: readonly number[]) => void,
): void {
  const [levels, rows, columns] = axes.map(windowsOf) as [number[][], number[][], number[][]];
  const [{ from: depth }, { from: height }, { from: width }] = axes;
  let to = 0;
  for (let b = 0; b < batch; b++) {
    for (const level of levels) {
      for (const row of rows) {
        for (const column of columns) {
          const pixels: number[] = [];
          for (const i of level) {
            for (const j of row) {
              const start = ((b * depth + i) * height + j) * width;
              for (const k of column) pixels.push((start + k) * channels);
            }
          }
          f(to, pixels);
          to += channels;
        }
      }
    }
  }
}

/** The first of the pixels that holds the largest number of a channel; NaN is passed over, as tfjs does. */
function largest(x: Numbers, pixels: readonly number[], channel: number): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < pixels.length; i++) {
    const value = x[pixels[i]! + channel]!;
    if (value > most || (best < 0 && value === most)) {
      best = pixels[i]! + channel;
      most = value;
    }
  }
  return best;
}

function averageGradient({ inputs, attrs, backend }: Arguments): TensorInfo {
  const { dy, input } = inputs;
  const pooling = poolingOf(input!, attrs);
  const { info, values: dx } = result(backend as Backend, input!.shape, 'float32');
  const gradient = valuesOf(backend as Backend, dy!);
  eachWindow(pooling, (to, pixels) => {
    const share = 1 / pixels.length;
    for (const pixel of pixels) {
      for (let c = 0; c < pooling.channels; c++) dx[pixel + c]! += gradient[to + c]! * share;
    }
  });
  return info;
}

function maximumGradient({ inputs, attrs, backend }: Arguments): TensorInfo {
  const { dy, input } = inputs;
  const pooling = poolingOf(input!, attrs);
  const { info, values: dx } = result(backend as Backend, input!.shape, 'float32');
  const x = valuesOf(backend as Backend, input!);
  const gradient = valuesOf(backend as Backend, dy!);
  eachWindow(pooling, (to, pixels) => {
    for (let c = 0; c < pooling.channels; c++) {
      const best = largest(x, pixels, c);
      if (best >= 0) dx[best]! += gradient[to + c]!;
    }
  });
  return info;
}

function average({ inputs, attrs, backend }: Arguments): TensorInfo {
  const x = inputs.x!;
  const pooling = poolingOf(x, attrs);
  const { info, values } = result(backend as Backend, pooling.outShape, 'float32');
  const from = valuesOf(backend as Backend, x);
  eachWindow(pooling, (to, pixels) => {
    for (let c = 0; c < pooling.channels; c++) {
      let sum = 0;
      for (const pixel of pixels) sum += from[pixel + c]!;
      values[to + c] = sum / pixels.length;
    }
  });
  return info;
}

function maximum({ inputs, attrs, backend }: Arguments): TensorInfo {
  const x = inputs.x!;
  const pooling = poolingOf(x, attrs);
  const { info, values } = result(backend as Backend, pooling.outShape, x.dtype as DataType);
  const from = valuesOf(backend as Backend, x);
  eachWindow(pooling, (to, pixels) => {
    for (let c = 0; c < pooling.channels; c++) {
      const best = largest(from, pixels, c);
      values[to + c] = best < 0 ? Number.NEGATIVE_INFINITY : from[best]!;
    }
  });
  return info;
}

function maximumWithPlaces({ inputs, attrs, backend }: Arguments): TensorInfo[] {
  const x = inputs.x!;
  if (x.shape.length !== 4)
    throw new Error(`maxPoolWithArgmax: x must have 4 axes, and has the shape [${x.shape}]`);
  const pooling = poolingOf(x, attrs);
  const { includeBatchInIndex } = attrs as unknown as Attributes;
  const image = x.shape.slice(1).reduce((size, n) => size * n, 1);
  const largestOnes = result(backend as Backend, pooling.outShape, x.dtype as DataType);
  const places = result(backend as Backend, pooling.outShape, 'int32');
  // Memory may have grown for the second.
  const values = valuesOf(backend as Backend, largestOnes.info);
  const from = valuesOf(backend as Backend, x);
  eachWindow(pooling, (to, pixels) => {
    for (let c = 0; c < pooling.channels; c++) {
      const best = largest(from, pixels, c);
      values[to + c] = best < 0 ? Number.NEGATIVE_INFINITY : from[best]!;
      places.values[to + c] = includeBatchInIndex ? best : best % image;
    }
  });
  return [largestOnes.info, places.info];
}

/**
 * tfjs divides the gradient of an average by the whole window where part of it is padding, and finds the largest
 * of a space in wrong places.
 */
export const poolingGradients: Kernels = {
  [AvgPoolGrad]: averageGradient,
  [AvgPool3DGrad]: averageGradient,
  [MaxPoolGrad]: maximumGradient,
  [MaxPool3DGrad]: maximumGradient,
};

/** XNNPACK makes −∞ of NaN. */
export const poolsOfNaN: Kernels = { [AvgPool]: average, [MaxPool]: maximum };

/** In wasm the largest starts from the smallest positive float. */
export const maximumPools: Kernels = { [MaxPool3D]: maximum, [MaxPoolWithArgmax]: maximumWithPlaces };
