import {
  ResizeBilinearGrad,
  type ResizeBilinearGradAttrs,
  ResizeNearestNeighborGrad,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { Kernels } from './kernels.ts';
import { type Arguments, type Backend, result, valuesOf } from './memory.ts';

/** How pixels of the output see those of the input along one axis. */
interface Axis {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly align: boolean;
  readonly half: boolean;
}

type Shape = [batch: number, height: number, width: number, depth: number];

function axisOf(from: number, to: number, { alignCorners, halfPixelCenters }: ResizeAttrs): Axis {
  const align = alignCorners && to > 1;
  return {
    from,
    to,
    align,
    half: halfPixelCenters ?? false,
    scale: align ? (from - 1) / (to - 1) : from / to,
  };
}

type ResizeAttrs = ResizeBilinearGradAttrs & { readonly halfPixelCenters?: boolean };

/** The two input pixels that each output pixel was mixed from, and the weight of the second. */
function mixed({ from, to, scale, half }: Axis): [first: number, second: number, weight: number][] {
  return Array.from({ length: to }, (_, i) => {
    const place = Math.max(0, half ? (i + 0.5) * scale - 0.5 : i * scale);
    const first = Math.min(from - 1, Math.floor(place));
    const second = Math.min(from - 1, Math.ceil(place));
    return [first, second, place - Math.floor(place)];
  });
}

/** The input pixel that each output pixel was copied from. */
function copied({ from, to, scale, align, half }: Axis): [first: number, second: number, weight: number][] {
  return Array.from({ length: to }, (_, i) => {
    const place = (half ? i + 0.5 : i) * scale;
    const pixel = Math.max(0, Math.min(from - 1, align ? Math.round(place) : Math.floor(place)));
    return [pixel, pixel, 0];
  });
}

/** The gradient of a resized image: each output pixel gives its own to the pixels it was made of. */
const resizeGradient =
  (sources: (axis: Axis) => [number, number, number][]) =>
  ({ inputs, attrs, backend }: Arguments): TensorInfo => {
    const { images, dy } = inputs;
    const [batch, height, width, depth] = images!.shape as Shape;
    const [, toHeight, toWidth] = dy!.shape as Shape;
    const rows = sources(axisOf(height, toHeight, attrs as unknown as ResizeAttrs));
    const columns = sources(axisOf(width, toWidth, attrs as unknown as ResizeAttrs));
    const { info, values: dx } = result(backend as Backend, images!.shape, 'float32');
    const gradient = valuesOf(backend as Backend, dy!);
    let from = 0;
    const give = (row: number, column: number, b: number, weight: number): void => {
      if (weight === 0) return;
      const to = ((b * height + row) * width + column) * depth;
      for (let c = 0; c < depth; c++) dx[to + c]! += weight * gradient[from + c]!;
    };
    for (let b = 0; b < batch; b++) {
      for (const [top, bottom, down] of rows) {
        for (const [left, right, across] of columns) {
          give(top, left, b, (1 - down) * (1 - across));
          give(top, right, b, (1 - down) * across);
          give(bottom, left, b, down * (1 - across));
          give(bottom, right, b, down * across);
          from += depth;
        }
      }
    }
    return info;
  };

/**
 * The gradients of resized images. tfjs's own swap height and width (bilinear, smaller images), read the first
 * image's gradient for all of the batch (nearest neighbour), never end (one pixel, aligned corners), and pass
 * half pixels over.
 */
export const imageGradients: Kernels = {
  [ResizeBilinearGrad]: resizeGradient(mixed),
  [ResizeNearestNeighborGrad]: resizeGradient(copied),
};
