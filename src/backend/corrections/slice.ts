import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  type KernelFunc,
  Slice,
  type SliceAttrs,
  slice_util,
  type Tensor,
  util,
} from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';

/** The axis from which on the slice lies in one piece: it takes the axes after it whole. */
function lastCutAxis(shape: readonly number[], size: readonly number[]): number {
  let axis = shape.length - 1;
  while (axis > 0 && size[axis] === shape[axis]) axis--;
  return Math.max(axis, 0);
}

const slice: KernelFunc = ({ inputs, attrs, backend }) => {
  const wasm = backend as BackendWasm;
  const x = inputs.x as Tensor;
  const options = attrs as unknown as SliceAttrs;
  const [begin, size] = slice_util.parseSliceParams(x, options.begin, options.size) as [number[], number[]];
  slice_util.assertParamsValid(x, begin, size);
  const out = wasm.makeOutput(size, x.dtype);
  const to = wasm.typedArrayFromHeap(out) as Float32Array;
  const from = wasm.typedArrayFromHeap(x) as Float32Array;
  const strides = [...util.computeStrides(x.shape), 1];
  const cut = lastCutAxis(x.shape, size);
  const piece = (size[cut] ?? 1) * (strides[cut] ?? 1);
  const index = size.slice(0, cut).fill(0);
  for (let at = 0; at < to.length; at += piece) {
    const start = begin.reduce((sum, first, axis) => sum + (first + (index[axis] ?? 0)) * strides[axis]!, 0);
    to.set(from.subarray(start, start + piece), at);
    for (let axis = cut - 1; axis >= 0 && ++index[axis]! === size[axis]; axis--) index[axis] = 0;
  }
  return out;
};

/**
 * Refuses a slice that reaches beyond its tensor, which stock wasm fills with what its memory held before; and
 * copies the slice only, where stock wasm first copies the whole tensor.
 */
export function replaceSlice(): void {
  wrapKernel(Slice, () => slice);
}
