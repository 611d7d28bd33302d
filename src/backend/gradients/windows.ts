// What a window that slides over a tensor sees, as one matrix.
import { argMax, cast, mul, oneHot, pad, reshape, stack, sum, type Tensor } from '@tensorflow/tfjs-core';
import { sliceAxis, thin } from './axes.ts';

/** A window that slides along the axes of a tensor but the first and the last. */
export interface Window {
  size: number[];
  strides: number[];
  dilations: number[];
  /** The positions along each axis. */
  positions: number[];
  /** What is padded before each axis. */
  before: number[];
}

/** The positions within the window, row by row. */
const offsets = (size: readonly number[]): number[][] =>
  size.reduce(
    (list: number[][], n) => list.flatMap((o) => Array.from({ length: n }, (_, i) => [...o, i])),
    [[]],
  );

/** [positions of the window, places within it]; `outside` where the window reaches over the edge. */
export function seen(x: Tensor, window: Window, outside: number): Tensor {
  const { size, strides, dilations, positions, before } = window;
  const spans = positions.map((n, i) => (n - 1) * strides[i]! + 1);
  const needed = spans.map((span, i) => span + (size[i]! - 1) * dilations[i]!);
  const paddings = needed.map((n, i): [number, number] => [
    before[i]!,
    Math.max(0, n - before[i]! - x.shape[i + 1]!),
  ]);
  const padded = pad(x, [[0, 0], ...paddings, [0, 0]], outside);
  const places = offsets(size).map((offset) => {
    const place = offset.reduce(
      (rest: Tensor, o, i) => thin(sliceAxis(rest, i + 1, o * dilations[i]!, spans[i]!), i + 1, strides[i]!),
      padded,
    );
    return reshape(place, [place.size]);
  });
  return stack(places, 1);
}

/** Of each row the entry of `values` where `keys` is largest, the first of equal ones. */
export function atLargest(keys: Tensor, values: Tensor): Tensor {
  const isLargest = cast(oneHot(argMax(keys, 1), keys.shape[1]!), 'float32');
  return sum(mul(isLargest, values), 1);
}
