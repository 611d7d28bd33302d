import type { Tensor1D } from '@tensorflow/tfjs-core';
import { type Case, distinct, given, int } from '../case.ts';
import { at, build } from '../numbers.ts';

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

export const searchings: Case[] = [...searches, ...topKs, ...uniques, ...counts];
