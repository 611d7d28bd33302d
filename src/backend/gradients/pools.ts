// Gradients of pooling, and of the kernels that are those gradients.
import {
  AvgPool,
  AvgPool3D,
  type AvgPool3DAttrs,
  AvgPool3DGrad,
  AvgPoolGrad,
  add,
  avgPool,
  avgPool3d,
  backend_util,
  div,
  MaxPool3DGrad,
  MaxPoolGrad,
  MaxPoolWithArgmax,
  type MaxPoolWithArgmaxAttrs,
  ones,
  pad,
  reshape,
  slice,
  type Tensor,
  type Tensor1D,
  tensor1d,
  unsortedSegmentSum,
  zeros,
} from '@tensorflow/tfjs-core';
import { runKernel, setGradient } from './register.ts';
import { atLargest, seen, type Window } from './windows.ts';

type Attrs = Pick<AvgPool3DAttrs, 'filterSize' | 'strides' | 'pad' | 'dimRoundingMode'>;

/** The window of a pool. */
function windowOf(shape: number[], attrs: Attrs): Window {
  const { filterSize, strides, pad: padding, dimRoundingMode } = attrs;
  if (shape.length === 4) {
    const info = backend_util.computePool2DInfo(
      shape as [number, number, number, number],
      filterSize as number,
      strides as number,
      1,
      padding,
      dimRoundingMode,
    );
    return {
      size: [info.filterHeight, info.filterWidth],
      strides: [info.strideHeight, info.strideWidth],
      dilations: [1, 1],
      positions: [info.outHeight, info.outWidth],
      before: [info.padInfo.top, info.padInfo.left],
    };
  }
  const info = backend_util.computePool3DInfo(
    shape as [number, number, number, number, number],
    filterSize,
    strides,
    1,
    padding as 'valid',
    dimRoundingMode,
  );
  return {
    size: [info.filterDepth, info.filterHeight, info.filterWidth],
    strides: [info.strideDepth, info.strideHeight, info.strideWidth],
    dilations: [1, 1, 1],
    positions: [info.outDepth, info.outHeight, info.outWidth],
    before: [info.padInfo.front, info.padInfo.top, info.padInfo.left],
  };
}

/** The gradient of a maximum picks what came to the places of the maxima. */
for (const name of [MaxPoolGrad, MaxPool3DGrad]) {
  setGradient<Attrs>(name, { inputsToSave: ['input'] }, (ddx, [input], attrs) => ({
    dy: () => {
      const window = windowOf(input!.shape, attrs);
      const picked = atLargest(seen(input!, window, Number.NEGATIVE_INFINITY), seen(ddx, window, 0));
      return reshape(picked, [input!.shape[0]!, ...window.positions, input!.shape.at(-1)!]);
    },
    input: () => zeros(input!.shape),
    output: () => zeros([input!.shape[0]!, ...windowOf(input!.shape, attrs).positions, input!.shape.at(-1)!]),
  }));
}

type Average = (x: Tensor, attrs: Attrs) => Tensor;

const average2d: Average = (x, { filterSize, strides, pad: padding, dimRoundingMode }) =>
  avgPool(x as never, filterSize as number, strides as number, padding, dimRoundingMode);
const average3d: Average = (x, { filterSize, strides, pad: padding, dimRoundingMode }) =>
  avgPool3d(x as never, filterSize, strides, padding as 'valid', dimRoundingMode);

/**
 * A mean near the edge is over the values within, and its gradient shared by so many; tfjs divides by the size
 * of the whole window. Here the input is padded first, so that every window is whole, and the gradient of each
 * mean is made larger by what its number of values falls short.
 */
function averageGradient(
  kernel: string,
  average: Average,
  dy: Tensor,
  shape: number[],
  attrs: Attrs,
): Tensor {
  const { before, positions, size, strides } = windowOf(shape, attrs);
  const after = positions.map((n, i) =>
    Math.max(0, (n - 1) * strides[i]! + size[i]! - before[i]! - shape[i + 1]!),
  );
  if ([...before, ...after].every((n) => n === 0))
    return runKernel(kernel, { dy, input: zeros(shape) }, attrs);
  const paddings = before.map((n, i): [number, number] => [n, after[i]!]);
  const whole = [shape[0]!, ...shape.slice(1, -1).map((n, i) => n + before[i]! + after[i]!), shape.at(-1)!];
  const { dimRoundingMode: _, ...inner } = { ...attrs, pad: 'valid' as const };
  const within = pad(ones([1, ...shape.slice(1, -1), 1]), [[0, 0], ...paddings, [0, 0]]);
  const share = average(within, inner);
  const dx = runKernel(kernel, { dy: div(dy, share), input: zeros(whole) }, inner);
  return slice(dx, [0, ...before, 0], shape);
}

for (const [name, kernel, average] of [
  [AvgPool, AvgPoolGrad, average2d],
  [AvgPool3D, AvgPool3DGrad, average3d],
] as const) {
  setGradient<Attrs>(name, { inputsToSave: ['x'] }, (dy, [x], attrs) => ({
    x: () => averageGradient(kernel, average, dy, x!.shape, attrs),
  }));
  // Of unpadded windows alone, as above.
  setGradient<Attrs>(kernel, { inputsToSave: ['input'] }, (ddx, [input], attrs) => ({
    dy: () => average(ddx, attrs),
    input: () => zeros(input!.shape),
  }));
}

setGradient<MaxPoolWithArgmaxAttrs>(
  MaxPoolWithArgmax,
  { inputsToSave: ['x'], outputsToSave: [false, true] },
  (dys, [x, indexes], { includeBatchInIndex }) => ({
    x: () => {
      const [dy] = dys as unknown as [Tensor, Tensor];
      const batches = includeBatchInIndex ? 1 : x!.shape[0]!;
      const size = x!.size / batches;
      const first = Int32Array.from(
        { length: dy.size },
        (_, i) => Math.floor((i * batches) / dy.size) * size,
      );
      const places = add(reshape(indexes!, [dy.size]), tensor1d(first, 'int32')) as Tensor1D;
      return reshape(unsortedSegmentSum(reshape(dy, [dy.size]), places, x!.size), x!.shape);
    },
  }),
);
