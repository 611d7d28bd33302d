import {
  _FusedMatMul,
  BatchMatMul,
  broadcast_util,
  Reshape,
  StridedSlice,
  type StridedSliceAttrs,
  slice_util,
  type TensorInfo,
  Tile,
} from '@tensorflow/tfjs-core';
import { type Kernel, wrapKernels } from './kernels.ts';
import { type Backend, result } from './memory.ts';
import { Work } from './work.ts';

/** The slice as a range of every axis of x, and the shape that it is given at last. */
function rangesOf(x: TensorInfo, a: StridedSliceAttrs) {
  const { begin, end, strides, finalShape } = slice_util.sliceInfo(
    x.shape,
    a.begin,
    a.end,
    a.strides,
    a.beginMask,
    a.endMask,
    a.ellipsisMask,
    a.newAxisMask,
    a.shrinkAxisMask,
  );
  // Before the first element is no index: -1 would be the last one.
  const endMask = strides.reduce(
    (mask, stride, i) => (stride < 0 && end[i]! < 0 ? mask | (1 << i) : mask),
    0,
  );
  const attrs = { begin, end, strides, endMask };
  return {
    finalShape,
    attrs: { ...attrs, beginMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 },
  };
}

/**
 * Slices that tfjs has wrong: of nothing it asks for a negative length, and with steps it loses an axis of which one
 * index is taken.
 */
const slices =
  (stock: Kernel): Kernel =>
  (args) => {
    const x = args.inputs.x!;
    const given = args.attrs as unknown as StridedSliceAttrs;
    const { finalShape, attrs } = rangesOf(x, given);
    if (finalShape.includes(0)) return result(args.backend as Backend, finalShape, x.dtype).info;
    if (given.shrinkAxisMask === 0) return stock(args);
    const work = new Work(args.backend as Backend);
    const sliced = stock({ ...args, attrs }) as TensorInfo;
    const shaped = work.run(Reshape, { x: sliced }, { shape: finalShape });
    (args.backend as Backend).disposeData(sliced.dataId);
    return work.finish(shaped);
  };

/** Repeats the matrices of a tensor to the batch of both: tfjs does that right along one axis only. */
function repeated(work: Work, x: TensorInfo, batch: readonly number[]): TensorInfo {
  const lead = batch.length - (x.shape.length - 2);
  const shape = [...new Array(lead).fill(1), ...x.shape];
  const reps = shape.map((n, i) => (i < batch.length && n === 1 ? batch[i]! : 1));
  const full = work.run(Reshape, { x }, { shape });
  return reps.every((n) => n === 1) ? full : work.run(Tile, { x: full }, { reps });
}

const productOfBatches =
  (stock: Kernel): Kernel =>
  (args) => {
    const { a, b } = args.inputs;
    const [batchA, batchB] = [a!.shape.slice(0, -2), b!.shape.slice(0, -2)];
    const isOne = (batch: readonly number[]): boolean => batch.every((n) => n === 1);
    if (`${batchA}` === `${batchB}` || isOne(batchA) || isOne(batchB)) return stock(args);
    const batch = broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
    const work = new Work(args.backend as Backend);
    const inputs = { ...args.inputs, a: repeated(work, a!, batch), b: repeated(work, b!, batch) };
    const product = stock({ ...args, inputs }) as TensorInfo;
    work.free();
    return product;
  };

/** Shapes that the kernels of a back end cannot take. */
export function correctShapes(backendName: string): void {
  wrapKernels(backendName, [StridedSlice], slices);
  if (backendName === 'cpu') wrapKernels('cpu', [BatchMatMul, _FusedMatMul], productOfBatches);
}
