import type { Tensor1D } from '@tensorflow/tfjs-core';
import { bool, type Case, float, given, int, type Numbers } from '../case.ts';
import { at, build, indicesOf } from '../numbers.ts';

const indices = (values: readonly number[], shape: readonly number[] = [values.length]) =>
  given(values, shape, 'int32');

/** Rows of `x` along an axis, by index; the axes before `batchDims` go together. */
function gathered(x: Numbers, index: Numbers, axis: number, batchDims: number): Numbers {
  const shape = [...x.shape.slice(0, axis), ...index.shape.slice(batchDims), ...x.shape.slice(axis + 1)];
  const inner = index.shape.length - batchDims;
  return build(shape, (place) => {
    const which = at(index, [...place.slice(0, batchDims), ...place.slice(axis, axis + inner)]);
    return at(x, [...place.slice(0, axis), which, ...place.slice(axis + inner)]);
  });
}

const GATHERS = [
  { x: [5], index: indices([4, 0, 0, 2]), axis: 0 },
  { x: [4, 3], index: indices([3, 1]), axis: 0 },
  { x: [4, 3], index: indices([2, 0, 2]), axis: 1 },
  { x: [4, 3], index: indices([3, 1, 0, 0], [2, 2]), axis: 0 },
  { x: [2, 3, 4], index: indices([1], []), axis: 1 },
  { x: [2, 3, 4], index: indices([1, 2, 0], [3]), axis: 2 },
  { x: [2, 3, 4], index: indices([1, 2, 0, 0], [2, 2]), axis: 1, batchDims: 1 },
  { x: [2, 3], index: indices([1, 2, 0, 0], [2, 2]), axis: 1, batchDims: 1 },
  { x: [4, 3], index: indices([], [0]), axis: 0 },
  { x: [1, 1], index: indices([0]), axis: 0 },
];
const gathers: Case[] = GATHERS.flatMap(({ x, index, axis, batchDims = 0 }, i) =>
  (['float32', 'int32', 'bool'] as const).map(
    (kind): Case => ({
      kernel: 'GatherV2',
      title: `${kind} [${x}] along ${axis} number ${i}`,
      inputs: [kind === 'float32' ? float(x) : kind === 'int32' ? int(x) : bool(x), index],
      run: (tf, values, which) => tf.gather(values!, which!, axis, batchDims),
      reference: (values, which) => gathered(values, which, axis, batchDims),
      gradient: kind === 'float32' ? 'differences' : undefined,
    }),
  ),
);

const gatherNds: Case[] = (
  [
    [[4], indices([3, 0], [2, 1])],
    [[3, 4], indices([1, 2, 0, 3], [2, 2])],
    [[3, 4], indices([2, 0], [2, 1])],
    [[2, 3, 2], indices([1, 2, 0, 0], [1, 2, 2])],
    [[3, 4], indices([], [0, 2])],
  ] as const
).map(([x, index], i) => ({
  kernel: 'GatherNd',
  title: `[${x}] number ${i}`,
  inputs: [float(x), index],
  run: (tf, values, which) => tf.gatherND(values!, which!),
  gradient: 'differences',
  reference: (values, which) => {
    const depth = which.shape.at(-1)!;
    const lead = which.shape.slice(0, -1);
    return build([...lead, ...values.shape.slice(depth)], (place) => {
      const start = Array.from({ length: depth }, (_, k) => at(which, [...place.slice(0, lead.length), k]));
      return at(values, [...start, ...place.slice(lead.length)]);
    });
  },
}));

function scattered(which: Numbers, updates: Numbers, start: Numbers, add: boolean): Numbers {
  const depth = which.shape.at(-1)!;
  const lead = which.shape.slice(0, -1);
  const inner = start.shape.slice(depth);
  const values = [...start.values];
  for (const place of indicesOf(lead)) {
    const to = Array.from({ length: depth }, (_, k) => at(which, [...place, k]));
    for (const rest of indicesOf(inner)) {
      const offset = [...to, ...rest].reduce((sum, n, i) => sum * start.shape[i]! + n, 0);
      const update =
        updates.values[[...place, ...rest].reduce((sum, n, i) => sum * updates.shape[i]! + n, 0)]!;
      values[offset] = add ? values[offset]! + update : update;
    }
  }
  return { shape: start.shape, values };
}
const SCATTERS = [
  { index: indices([4, 1, 4], [3, 1]), updates: [3], shape: [6] },
  { index: indices([0, 2], [2, 1]), updates: [2, 3], shape: [4, 3] },
  { index: indices([0, 1, 2, 0], [2, 2]), updates: [2], shape: [3, 2] },
  { index: indices([1, 0, 0, 1], [2, 2]), updates: [2, 2], shape: [2, 3, 2] },
  { index: indices([0], [1, 1]), updates: [1], shape: [1] },
];
const scatters: Case[] = SCATTERS.flatMap(({ index, updates, shape }): Case[] =>
  (['float32', 'int32'] as const).flatMap((kind): Case[] => {
    const values = kind === 'int32' ? int(updates) : float(updates);
    const start = kind === 'int32' ? int(shape) : float(shape);
    return [
      {
        kernel: 'ScatterNd',
        title: `${kind} [${updates}] to [${shape}]`,
        inputs: [index, values],
        run: (tf, which, update) => tf.scatterND(which!, update!, shape),
        reference: (which, update) =>
          scattered(
            which,
            update,
            build(shape, () => 0),
            true,
          ),
      },
      {
        kernel: 'TensorScatterUpdate',
        title: `${kind} [${updates}] to [${shape}]`,
        inputs: [start, index, values],
        run: (tf, x, which, update) => tf.tensorScatterUpdate(x!, which!, update!),
        reference: (x, which, update) => scattered(which, update, x, false),
        // Which of two updates of one number is the last is no matter of slopes.
        gradient: kind === 'float32' && shape.length > 1 ? 'differences' : undefined,
      },
    ];
  }),
);

const sparse: Case[] = [
  {
    kernel: 'SparseToDense',
    title: 'of a vector',
    inputs: [indices([0, 4], [2, 1]), float([2])],
    gradient: 'differences',
    run: (tf, which, values) => tf.sparseToDense(which!, values!, [6], -1 as never),
    reference: (which, values) =>
      scattered(
        which,
        values,
        build([6], () => -1),
        false,
      ),
  },
  {
    kernel: 'SparseToDense',
    title: 'of a matrix, int32',
    inputs: [indices([0, 1, 2, 2], [2, 2]), int([2])],
    run: (tf, which, values) => tf.sparseToDense(which!, values!, [3, 4], tf.scalar(7, 'int32')),
    reference: (which, values) =>
      scattered(
        which,
        values,
        build([3, 4], () => 7),
        false,
      ),
  },
  {
    kernel: 'SparseToDense',
    title: 'of one value everywhere',
    inputs: [indices([0, 1, 2, 2], [2, 2]), given([3], [])],
    run: (tf, which, value) => tf.sparseToDense(which!, value!, [3, 4]),
  },
];

const SEGMENTS = [
  { x: [5], ids: indices([0, 2, 0, 1, 2]), count: 3 },
  { x: [4, 3], ids: indices([1, 1, 0, 3]), count: 5 },
  { x: [3, 2, 2], ids: indices([2, 0, 2]), count: 3 },
  { x: [1], ids: indices([0]), count: 1 },
  { x: [0, 3], ids: indices([], [0]), count: 2 },
  { x: [4], ids: indices([0, -1, 1, 9]), count: 2 },
];
const segments: Case[] = SEGMENTS.flatMap(({ x, ids, count }, i) =>
  (['float32', 'int32'] as const).map(
    (kind): Case => ({
      kernel: 'UnsortedSegmentSum',
      title: `${kind} [${x}] into ${count} number ${i}`,
      inputs: [kind === 'int32' ? int(x) : float(x), ids],
      run: (tf, values, which) => tf.unsortedSegmentSum(values!, which as Tensor1D, count),
      reference: (values, which) =>
        build([count, ...x.slice(1)], (place) =>
          which.values.reduce(
            (sum, id, row) =>
              id === place[0] ? sum + values.values[offset(x, [row, ...place.slice(1)])]! : sum,
            0,
          ),
        ),
      gradient: kind === 'float32' && i < 4 ? 'differences' : undefined,
      native: i === 5 ? 'a segment beyond the last is refused' : undefined,
    }),
  ),
);
const offset = (shape: readonly number[], index: readonly number[]): number =>
  shape.reduce((sum, n, i) => sum * n + index[i]!, 0);

export const gatherings: Case[] = [...gathers, ...gatherNds, ...scatters, ...sparse, ...segments];
