import type { Tensor1D } from '@tensorflow/tfjs-core';
import { bool, type Case, distinct, float, given, int, type Numbers } from '../case.ts';
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

const sortedRows = given([1, 2, 2, 3, 7, -5, 0, 1, 1, 9], [2, 5]);
const searched = given([2, 0, 10, 1, -9, 1], [2, 3]);
const searches: Case[] = (['left', 'right'] as const).flatMap((side): Case[] => [
  {
    kernel: 'SearchSorted',
    title: side,
    inputs: [sortedRows, searched],
    run: (tf, rows, values) => tf.searchSorted(rows!, values!, side),
    reference: (rows, values) =>
      build([2, 3], ([row, column]) => {
        const value = at(values, [row!, column!]);
        let count = 0;
        for (let i = 0; i < 5; i++)
          count += Number(side === 'left' ? at(rows, [row!, i]) < value : at(rows, [row!, i]) <= value);
        return count;
      }),
  },
  {
    kernel: side === 'left' ? 'LowerBound' : 'UpperBound',
    title: 'of a row',
    inputs: [given([1, 3, 5], [1, 3], 'int32'), given([0, 3, 6], [1, 3], 'int32')],
    run: (tf, rows, values) =>
      side === 'left' ? tf.lowerBound(rows!, values!) : tf.upperBound(rows!, values!),
    reference: () => ({ shape: [1, 3], values: side === 'left' ? [0, 1, 3] : [0, 2, 3] }),
  },
]);

const topKs: Case[] = [
  { shape: [7], k: 3 },
  { shape: [3, 5], k: 2 },
  { shape: [3, 5], k: 5 },
  { shape: [2, 2, 4], k: 1 },
  { shape: [4], k: 0 },
  { shape: [2, 150], k: 20 },
].flatMap(({ shape, k }) =>
  (['float32', 'int32'] as const).map(
    (kind): Case => ({
      kernel: 'TopK',
      title: `${kind} [${shape}] k ${k}`,
      inputs: [kind === 'float32' ? distinct(shape) : int(shape, -20, 20)],
      gradient: kind === 'float32' && k > 0 ? 'differences' : undefined,
      run: (tf, x) => {
        const { values, indices: places } = tf.topk(x!, k, true);
        return [values, places];
      },
      reference: (x) => {
        const n = shape.at(-1)!;
        const order = (row: number[]): number[] =>
          Array.from({ length: n }, (_, i) => i).sort(
            (i, j) => at(x, [...row, j]) - at(x, [...row, i]) || i - j,
          );
        const outer = [...shape.slice(0, -1), k];
        const places = build(outer, (index) => order(index.slice(0, -1))[index.at(-1)!]!);
        return [build(outer, (index) => at(x, index.with(-1, at(places, index)))), places];
      },
    }),
  ),
);

const uniques: Case[] = (
  [
    ['a vector', given([1, 3, 1, 2, 3], [5], 'int32'), 0],
    ['floats', given([1.5, -2, 1.5], [3]), 0],
    ['rows', given([1, 2, 3, 4, 1, 2], [3, 2], 'int32'), 0],
    ['columns', given([1, 1, 2, 3, 3, 4], [2, 3], 'int32'), 1],
    ['bools', given([1, 0, 1], [3], 'bool'), 0],
  ] as const
).map(([title, x, axis]) => ({
  kernel: 'Unique',
  title,
  inputs: [x],
  run: (tf, values) => {
    const { values: found, indices: places } = tf.unique(values!, axis);
    return [found, places];
  },
}));

const counts: Case[] = [
  {
    kernel: 'Bincount',
    title: 'unweighted',
    inputs: [given([1, 3, 1, 0, 9], [5], 'int32')],
    run: (tf, x) => tf.bincount(x as Tensor1D, tf.tensor1d([]), 5),
    reference: () => ({ shape: [5], values: [1, 2, 0, 1, 0] }),
  },
  {
    kernel: 'Bincount',
    title: 'weighted',
    inputs: [given([1, 3, 1], [3], 'int32'), given([0.5, 2, 1])],
    run: (tf, x, weights) => tf.bincount(x as Tensor1D, weights as Tensor1D, 4),
    reference: () => ({ shape: [4], values: [0, 1.5, 0, 2] }),
  },
  ...[false, true].flatMap((binary): Case[] => [
    {
      kernel: 'DenseBincount',
      title: `of a vector${binary ? ' binary' : ''}`,
      inputs: [given([1, 3, 1, 0], [4], 'int32')],
      run: (tf, x) => tf.denseBincount(x as Tensor1D, tf.tensor1d([]), 5, binary),
      reference: () => ({ shape: [5], values: binary ? [1, 1, 0, 1, 0] : [1, 2, 0, 1, 0] }),
    },
    {
      kernel: 'DenseBincount',
      title: `of rows${binary ? ' binary' : ''}`,
      inputs: [given([1, 3, 1, 0, 2, 2], [2, 3], 'int32'), given([1, 2, 3, 4, 5, 6.5], [2, 3])],
      run: (tf, x, weights) => tf.denseBincount(x as never, weights as never, 4, binary),
    },
  ]),
];

export const gatherings: Case[] = [
  ...gathers,
  ...gatherNds,
  ...scatters,
  ...sparse,
  ...segments,
  ...searches,
  ...topKs,
  ...uniques,
  ...counts,
];
