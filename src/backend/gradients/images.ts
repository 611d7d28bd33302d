// Gradients of the resizing of images, each a product with a matrix along either axis.
import {
  CropAndResize,
  type CropAndResizeAttrs,
  FlipLeftRight,
  matMul,
  ResizeBilinear,
  type ResizeBilinearAttrs,
  ResizeNearestNeighbor,
  reshape,
  reverse,
  type Tensor,
  tensor,
  transpose,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import { setGradient } from './register.ts';

const IMAGES = { inputsToSave: ['images'] };

/** Where along an axis of `size` an output is taken from: [place, weight] pairs. */
type Sources = (output: number, size: number, outputs: number) => [number, number][];

/** Between the neighbours of `at`. */
function between(at: number, size: number): [number, number][] {
  const low = Math.max(0, Math.floor(at));
  const high = Math.min(size - 1, Math.ceil(at));
  return [
    [low, 1 - (at - low)],
    [high, at - low],
  ];
}

function place(
  attrs: ResizeBilinearAttrs,
  output: number,
  size: number,
  outputs: number,
  half: number,
): number {
  const ends = attrs.alignCorners && outputs > 1 ? 1 : 0;
  const ratio = (size - ends) / (outputs - ends);
  return attrs.halfPixelCenters ? ratio * (output + 0.5) - half : ratio * output;
}

const bilinear =
  (attrs: ResizeBilinearAttrs): Sources =>
  (output, size, outputs) =>
    between(place(attrs, output, size, outputs, 0.5), size);

const nearest =
  (attrs: ResizeBilinearAttrs): Sources =>
  (output, size, outputs) => {
    const at = place(attrs, output, size, outputs, 0);
    const whole = attrs.alignCorners ? Math.round(at) : Math.floor(at);
    return [[Math.max(0, Math.min(size - 1, whole)), 1]];
  };

/** [matrices, size, outputs]: how much of each output comes from each place of the axis. */
function weights(sources: Sources[], size: number, outputs: number): Tensor {
  const values = new Float32Array(sources.length * size * outputs);
  sources.forEach((from, k) => {
    for (let output = 0; output < outputs; output++) {
      for (const [at, weight] of from(output, size, outputs)) {
        values[(k * size + at) * outputs + output]! += weight;
      }
    }
  });
  return tensor(values, [sources.length, size, outputs]);
}

/** dy of [n, outputs…, channels] carried back to [n, height, width, channels]. */
function carryBack(dy: Tensor, rows: Sources[], columns: Sources[], height: number, width: number): Tensor {
  const [n, outHeight, outWidth, channels] = dy.shape as [number, number, number, number];
  const byRows = matMul(weights(rows, height, outHeight), reshape(dy, [n, outHeight, outWidth * channels]));
  const lines = transpose(reshape(byRows, [n, height, outWidth, channels]), [0, 2, 1, 3]);
  const byColumns = matMul(
    weights(columns, width, outWidth),
    reshape(lines, [n, outWidth, height * channels]),
  );
  return transpose(reshape(byColumns, [n, width, height, channels]), [0, 2, 1, 3]);
}

for (const [name, method] of [
  [ResizeBilinear, bilinear],
  [ResizeNearestNeighbor, nearest],
] as const) {
  // The kernels for these gradients know nothing of half pixels.
  setGradient<ResizeBilinearAttrs>(name, IMAGES, (dy, [images], attrs) => ({
    images: () => {
      const [, height, width] = images!.shape as [number, number, number];
      return carryBack(dy, [method(attrs)], [method(attrs)], height, width);
    },
  }));
}

/** The places of one crop along one axis, in shares of its length. */
function crop(begin: number, end: number, method: CropAndResizeAttrs['method']): Sources {
  return (output, size, outputs) => {
    const at =
      outputs > 1
        ? begin * (size - 1) + (output * (end - begin) * (size - 1)) / (outputs - 1)
        : 0.5 * (begin + end) * (size - 1);
    if (at < 0 || at > size - 1) return [];
    return method === 'nearest' ? [[Math.round(at), 1]] : between(at, size);
  };
}

setGradient<CropAndResizeAttrs>(
  CropAndResize,
  { inputsToSave: ['image', 'boxes', 'boxInd'] },
  (dy, [image, boxes, boxInd], { method }) => ({
    image: () => {
      const [batch, height, width] = image!.shape as [number, number, number];
      const sides = boxes!.arraySync() as [number, number, number, number][];
      const rows = sides.map(([top, , bottom]) => crop(top, bottom, method));
      const columns = sides.map(([, left, , right]) => crop(left, right, method));
      return unsortedSegmentSum(carryBack(dy, rows, columns, height, width), boxInd as never, batch);
    },
  }),
);

setGradient(FlipLeftRight, {}, (dy) => ({ image: () => reverse(dy, 2) }));
