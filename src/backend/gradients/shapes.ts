// Gradients of kernels that pick, place or repeat values.
import {
  add,
  clone,
  concat,
  DepthToSpace,
  type DepthToSpaceAttrs,
  Diag,
  GatherNd,
  gatherND,
  getGradient,
  MirrorPad,
  type MirrorPadAttrs,
  minimum,
  mul,
  onesLike,
  reshape,
  reverse,
  ScatterNd,
  SparseToDense,
  SplitV,
  type SplitVAttrs,
  StridedSlice,
  type StridedSliceAttrs,
  scatterND,
  slice_util,
  stack,
  sub,
  sum,
  type Tensor,
  TensorScatterUpdate,
  Tile,
  type TileAttrs,
  transpose,
  Unpack,
  type UnpackAttrs,
  UnsortedSegmentSum,
  util,
  zeros,
} from '@tensorflow/tfjs-core';
import { padAxis, sliceAxis, spread } from './axes.ts';
import { setGradient } from './register.ts';

const X = { inputsToSave: ['x'] };

/** A kernel with one result is handed its gradient alone, not in a list. */
const listed = (dys: Tensor | Tensor[]): Tensor[] => [dys].flat();

setGradient<UnpackAttrs>(Unpack, {}, (dys, _, { axis }) => ({ value: () => stack(listed(dys), axis) }));
setGradient<SplitVAttrs>(SplitV, {}, (dys, _, { axis }) => ({
  x: () => (listed(dys).length === 1 ? clone(listed(dys)[0]!) : concat(listed(dys), axis)),
}));

/** tfjs stops at four axes. */
setGradient<TileAttrs>(Tile, X, (dy, [x], { reps }) => ({
  x: () =>
    x!.shape.reduce((rest: Tensor, size, axis) => {
      const { shape } = rest;
      const outer = util.sizeFromShape(shape.slice(0, axis));
      const inner = util.sizeFromShape(shape.slice(axis + 1));
      const summed = sum(reshape(rest, [outer, reps[axis]!, size, inner]), 1);
      return reshape(summed, [...shape.slice(0, axis), size, ...shape.slice(axis + 1)]);
    }, dy),
}));

/** What a mirrored edge shows is added to what it mirrors; tfjs drops it. */
setGradient<MirrorPadAttrs>(MirrorPad, X, (dy, [x], { paddings, mode }) => ({
  x: () =>
    paddings.reduce((rest: Tensor, [before, after], axis) => {
      const size = x!.shape[axis]!;
      const skipped = mode === 'reflect' ? 1 : 0;
      const edge = (begin: number, length: number): Tensor =>
        reverse(sliceAxis(rest, axis, begin, length), axis);
      let result = sliceAxis(rest, axis, before, size);
      if (before > 0) {
        result = add(result, padAxis(edge(0, before), axis, skipped, size - before - skipped));
      }
      if (after > 0) {
        result = add(result, padAxis(edge(before + size, after), axis, size - after - skipped, skipped));
      }
      return result;
    }, clone(dy)),
}));

setGradient<StridedSliceAttrs>(StridedSlice, X, (dy, [x], attrs) => ({
  x: () => {
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
    const { shape } = x!;
    const info = slice_util.sliceInfo(
      shape,
      begin,
      end,
      strides,
      beginMask,
      endMask,
      ellipsisMask,
      newAxisMask,
      shrinkAxisMask,
    );
    return shape.reduce(
      (rest: Tensor, size, axis) => {
        const stride = info.strides[axis]!;
        const taken = rest.shape[axis]!;
        const span = spread(rest, axis, Math.abs(stride));
        const length = taken === 0 ? 0 : (taken - 1) * Math.abs(stride) + 1;
        const first = stride > 0 ? info.begin[axis]! : info.begin[axis]! - length + 1;
        const low = taken === 0 ? 0 : first;
        return padAxis(stride > 0 ? span : reverse(span, axis), axis, low, size - low - length);
      },
      reshape(dy, sparseShape(info, shape)),
    );
  },
}));

/** The sizes taken along each axis of the sliced tensor, before any is dropped or added. */
function sparseShape(info: { begin: number[]; end: number[]; strides: number[] }, shape: number[]): number[] {
  return shape.map((_, i) => Math.max(0, Math.ceil((info.end[i]! - info.begin[i]!) / info.strides[i]!)));
}

setGradient(GatherNd, { inputsToSave: ['params', 'indices'] }, (dy, [params, indices]) => ({
  params: () => scatterND(indices!, dy, params!.shape as never),
  indices: () => zeros(indices!.shape),
}));

setGradient(ScatterNd, { inputsToSave: ['indices'] }, (dy, [indices]) => ({
  updates: () => gatherND(dy, indices!),
  indices: () => zeros(indices!.shape),
}));

const ofSegments = getGradient(UnsortedSegmentSum).gradFunc;

/** tfjs's own, and one of the segments' numbers, without which it fails where they come from the same x. */
setGradient(UnsortedSegmentSum, { inputsToSave: ['segmentIds'] }, (dy, saved, attrs) => ({
  ...ofSegments(dy, saved, attrs as never),
  segmentIds: () => zeros(saved[0]!.shape),
}));

setGradient(TensorScatterUpdate, { inputsToSave: ['indices', 'updates'] }, (dy, [indices, updates]) => ({
  tensor: () => {
    const isUpdated = scatterND(indices!, onesLike(updates!), dy.shape as never);
    return mul(dy, sub(1, minimum(isUpdated, 1)));
  },
  updates: () => gatherND(dy, indices!),
  indices: () => zeros(indices!.shape),
}));

setGradient(SparseToDense, { inputsToSave: ['sparseIndices', 'sparseValues'] }, (dy, [indices, values]) => {
  const places = (): Tensor => (indices!.rank === 2 ? indices! : reshape(indices!, [indices!.size, 1]));
  const taken = (): Tensor => gatherND(dy, places());
  return {
    sparseIndices: () => zeros(indices!.shape),
    sparseValues: () => (values!.rank === 0 ? sum(taken()) : reshape(taken(), values!.shape)),
    defaultValue: () => sub(sum(dy), sum(taken())),
  };
});

/** The diagonal of an n × n matrix is every (n + 1)-th of its values. */
setGradient(Diag, X, (dy, [x]) => ({
  x: () => {
    const n = x!.size;
    const rows = reshape(padAxis(reshape(dy, [n * n]), 0, 0, n), [n, n + 1]);
    return reshape(sliceAxis(rows, 1, 0, 1), x!.shape);
  },
}));

/** Space to depth. */
setGradient<DepthToSpaceAttrs>(DepthToSpace, X, (dy, [x], { blockSize: s, dataFormat }) => ({
  x: () => {
    if (dataFormat === 'NHWC') {
      const [batch, height, width, depth] = x!.shape as [number, number, number, number];
      const blocks = reshape(dy, [batch * height, s, width, s * (depth / s ** 2)]);
      return reshape(transpose(blocks, [0, 2, 1, 3]), x!.shape);
    }
    const [batch, depth, height, width] = x!.shape as [number, number, number, number];
    const inner = depth / s ** 2;
    const blocks = reshape(dy, [batch * inner, height, s, width, s]);
    const moved = reshape(transpose(blocks, [0, 2, 4, 1, 3]), [batch, inner, s * s, height * width]);
    return reshape(transpose(moved, [0, 2, 1, 3]), x!.shape);
  },
}));
