import {
  backend_util,
  Conv3DBackpropFilterV2,
  Conv3DBackpropInputV2,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { Kernels } from './kernels.ts';
import { type Arguments, type Backend, result, valuesOf } from './memory.ts';

type Shape = [number, number, number, number, number];

interface Attributes {
  readonly inputShape: Shape;
  readonly filterShape: Shape;
  readonly strides: number | [number, number, number];
  readonly pad: 'same' | 'valid';
}

/**
 * Calls `f` for each pair of an output and a place of the filter that lies inside the input, with where the first
 * channels of the output, of the input and of the filter are.
 */
function eachTap(
  info: backend_util.Conv3DInfo,
  f: (output: number, input: number, weight: number) => void,
): void {
  const { inDepth, inHeight, inWidth, inChannels, outChannels, filterDepth, filterHeight, filterWidth } =
    info;
  const { front, top, left } = info.padInfo;
  const spread = (output: number, b: number, z: number, y: number, x: number): void => {
    for (let p = 0; p < filterDepth; p++) {
      if (z + p < 0 || z + p >= inDepth) continue;
      for (let q = 0; q < filterHeight; q++) {
        if (y + q < 0 || y + q >= inHeight) continue;
        for (let r = 0; r < filterWidth; r++) {
          if (x + r < 0 || x + r >= inWidth) continue;
          const pixel = ((b * inDepth + z + p) * inHeight + y + q) * inWidth + x + r;
          const tap = (p * filterHeight + q) * filterWidth + r;
          f(output, pixel * inChannels, tap * inChannels * outChannels);
        }
      }
    }
  };
  let output = 0;
  for (let b = 0; b < info.batchSize; b++) {
    for (let i = 0; i < info.outDepth; i++) {
      for (let j = 0; j < info.outHeight; j++) {
        for (let k = 0; k < info.outWidth; k++, output += outChannels) {
          spread(
            output,
            b,
            i * info.strideDepth - front,
            j * info.strideHeight - top,
            k * info.strideWidth - left,
          );
        }
      }
    }
  }
}

/** Each output's gradient goes back through the filter to the pixels that it was made of. */
function inputGradient({ inputs, attrs, backend }: Arguments): TensorInfo {
  const { dy, filter } = inputs;
  const { inputShape, strides, pad } = attrs as unknown as Attributes;
  const info = backend_util.computeConv3DInfo(inputShape, filter!.shape as Shape, strides, 1, pad);
  const { info: dx, values } = result(backend as Backend, inputShape, 'float32');
  const weights = valuesOf(backend as Backend, filter!);
  const gradient = valuesOf(backend as Backend, dy!);
  const { inChannels, outChannels } = info;
  eachTap(info, (output, input, weight) => {
    for (let c = 0, w = weight; c < inChannels; c++) {
      let sum = 0;
      for (let d = 0; d < outChannels; d++) sum += weights[w++]! * gradient[output + d]!;
      values[input + c]! += sum;
    }
  });
  return dx;
}

/** Each weight's gradient sums over the pixels that it met. */
function filterGradient({ inputs, attrs, backend }: Arguments): TensorInfo {
  const { x, dy } = inputs;
  const { filterShape, strides, pad } = attrs as unknown as Attributes;
  const info = backend_util.computeConv3DInfo(x!.shape as Shape, filterShape, strides, 1, pad);
  const { info: dw, values } = result(backend as Backend, filterShape, 'float32');
  const pixels = valuesOf(backend as Backend, x!);
  const gradient = valuesOf(backend as Backend, dy!);
  const { inChannels, outChannels } = info;
  eachTap(info, (output, input, weight) => {
    for (let c = 0, w = weight; c < inChannels; c++) {
      const pixel = pixels[input + c]!;
      for (let d = 0; d < outChannels; d++) values[w++]! += pixel * gradient[output + d]!;
    }
  });
  return dw;
}

/** Stock wasm's are wrong, that of the filter when it moves by more than one pixel. */
export const spaceGradients: Kernels = {
  [Conv3DBackpropInputV2]: inputGradient,
  [Conv3DBackpropFilterV2]: filterGradient,
};
