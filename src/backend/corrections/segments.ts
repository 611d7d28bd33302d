import { type TensorInfo, UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import type { Kernels } from './kernels.ts';
import { type Arguments, type Backend, result, valuesOf } from './memory.ts';

/** The sums of rows by segment; rows of no segment between 0 and their count are left out. */
function segmentSum({ inputs, attrs, backend }: Arguments): TensorInfo {
  const { x, segmentIds } = inputs;
  const count = (attrs as { numSegments?: number }).numSegments!;
  const inner = x!.shape.slice(segmentIds!.shape.length);
  const width = inner.reduce((size, n) => size * n, 1);
  const { info, values: sums } = result(backend as Backend, [count, ...inner], x!.dtype);
  const values = valuesOf(backend as Backend, x!);
  const ids = valuesOf(backend as Backend, segmentIds!);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (id < 0 || id >= count) continue;
    const [from, to] = [row * width, id * width];
    for (let i = 0; i < width; i++) sums[to + i]! += values[from + i]!;
  }
  return info;
}

/** tfjs goes through all rows for each segment, and its wasm back end has no such kernel. */
export const segmentSums: Kernels = { [UnsortedSegmentSum]: segmentSum };
