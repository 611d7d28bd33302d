import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { type Case, float, given, strings } from '../case.ts';

const ints = (values: readonly number[], shape: readonly number[] = [values.length]) =>
  given(values, shape, 'int32');

const filled: Case[] = [
  {
    kernel: 'SparseFillEmptyRows',
    title: 'with empty rows',
    inputs: [
      ints([0, 0, 1, 0, 1, 3, 1, 4, 3, 2, 3, 3], [6, 2]),
      given([0, 10, 13, 14, 32, 33]),
      ints([5, 6]),
      given([-1], []),
    ],
    run: (tf, indices, values, shape, value) => {
      const r = tf.sparse.sparseFillEmptyRows(
        indices as Tensor2D,
        values as Tensor1D,
        shape as Tensor1D,
        value as never,
      );
      return [r.outputIndices!, r.outputValues!, r.emptyRowIndicator!, r.reverseIndexMap!];
    },
  },
  {
    kernel: 'SparseFillEmptyRows',
    title: 'of strings',
    throws: true,
    inputs: [ints([0, 0, 2, 0], [2, 2]), strings(['a', 'b']), ints([4, 1]), strings(['none'], [])],
    run: (tf, indices, values, shape, value) => {
      const r = tf.sparse.sparseFillEmptyRows(
        indices as Tensor2D,
        values as Tensor1D,
        shape as Tensor1D,
        value as never,
      );
      return [r.outputIndices!, r.outputValues!, r.emptyRowIndicator!, r.reverseIndexMap!];
    },
  },
];

const reshaped: Case[] = (
  [
    [
      [9, 4],
      [0, 0, 0, 1, 2, 3, 4, 2, 8, 3],
      [12, -1],
    ],
    [
      [2, 3, 6],
      [0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 2, 3],
      [9, -1],
    ],
  ] as const
).map(([shape, indices, to]) => ({
  kernel: 'SparseReshape',
  title: `[${shape}] to [${to}]`,
  inputs: [ints(indices, [5, shape.length]), ints(shape), ints(to)],
  run: (tf, a, b, c) => {
    const r = tf.sparse.sparseReshape(a as Tensor2D, b as Tensor1D, c as Tensor1D);
    return [r.outputIndices!, r.outputShape!];
  },
}));

const segments: Case[] = (
  [
    [
      [0, 1, 1],
      [0, 0, 1],
    ],
    [
      [2, 0],
      [0, 2],
    ],
    [[], []],
  ] as const
).flatMap(([indices, ids]): Case[] =>
  (['SparseSegmentSum', 'SparseSegmentMean'] as const).map((kernel) => ({
    kernel,
    title: `[${indices}] into [${ids}]`,
    inputs: [float([3, 4]), ints(indices), ints(ids)],
    run: (tf, x, which, into) =>
      kernel === 'SparseSegmentSum'
        ? tf.sparse.sparseSegmentSum(x!, which as Tensor1D, into as Tensor1D)
        : tf.sparse.sparseSegmentMean(x!, which as Tensor1D, into as Tensor1D),
  })),
);

const ragged: Case[] = [
  {
    kernel: 'RaggedGather',
    title: 'one split',
    inputs: [ints([0, 3, 3, 7, 9]), given([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]), ints([2, 1, 0, 3])],
    run: (tf, splits, values, indices) => {
      const r = tf.raggedGather([splits!], values!, indices!, 1);
      return [...r.outputNestedSplits, r.outputDenseValues];
    },
  },
  {
    kernel: 'RaggedGather',
    title: 'of no rows',
    inputs: [ints([0, 3, 3, 7]), float([7, 2]), ints([], [0])],
    run: (tf, splits, values, indices) => {
      const r = tf.raggedGather([splits!], values!, indices!, 1);
      return [...r.outputNestedSplits, r.outputDenseValues];
    },
  },
  {
    kernel: 'RaggedGather',
    title: 'two splits',
    inputs: [ints([0, 2, 3]), ints([0, 1, 3, 4]), float([4]), ints([1, 0, 1])],
    run: (tf, outer, inner, values, indices) => {
      const r = tf.raggedGather([outer!, inner!], values!, indices!, 2);
      return [...r.outputNestedSplits, r.outputDenseValues];
    },
  },
  ...(
    [
      ['int32', [0, 5, 8], [8, 7, 8], [2, 1, 1]],
      ['float32', [0, 5, 8], [4, 7, 8], [2, 1, 1]],
      ['int32', [0], [8, 4, 0], [1]],
    ] as const
  ).map(
    ([dtype, starts, limits, deltas], i): Case => ({
      kernel: 'RaggedRange',
      title: `${dtype} number ${i}`,
      inputs: [starts, limits, deltas].map((values) =>
        values.length === 1 ? given(values, [], dtype) : given(values, [values.length], dtype),
      ),
      run: (tf, a, b, c) => {
        const r = tf.raggedRange(a!, b!, c!);
        return [r.rtNestedSplits!, r.rtDenseValues!];
      },
    }),
  ),
  {
    kernel: 'RaggedTensorToTensor',
    title: 'by row splits',
    inputs: [ints([4, 4]), float([9]), given([1.5], []), ints([0, 3, 3, 7, 9])],
    run: (tf, shape, values, value, splits) =>
      tf.raggedTensorToTensor(shape!, values!, value!, [splits!], ['ROW_SPLITS']),
  },
  {
    kernel: 'RaggedTensorToTensor',
    title: 'by row ids',
    inputs: [
      ints([4, -1]),
      given([4], [], 'int32'),
      float([9]),
      given([1.5], []),
      ints([0, 0, 0, 2, 2, 2, 2, 3, 3]),
    ],
    run: (tf, shape, first, values, value, ids) =>
      tf.raggedTensorToTensor(shape!, values!, value!, [first!, ids!], ['FIRST_DIM_SIZE', 'VALUE_ROWIDS']),
  },
];

export const sparses: Case[] = [...filled, ...reshaped, ...segments, ...ragged];
