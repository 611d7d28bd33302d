import {
  AvgPool,
  AvgPool3DGrad,
  AvgPoolGrad,
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
import { type Attributes, eachWindow, poolingOf } from './windows.ts';

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
