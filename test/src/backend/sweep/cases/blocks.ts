import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Case } from '../case.ts';
import { at, build } from '../numbers.ts';
import { casesOf } from '../rearrangement.ts';

export const blocks: Case[] = [
  ...[
    [[6], [2, 3]] as const,
    [[2, 3], [-1]] as const,
    [[1], []] as const,
    [
      [0, 3],
      [3, 0],
    ] as const,
  ].flatMap(([shape, to]) =>
    casesOf({
      kernel: 'Reshape',
      title: `[${shape}] to [${to}]`,
      shape,
      run: (tf, x) => tf.reshape(x, [...to]),
    }),
  ),
  ...[0, 1, -1].flatMap((axis) =>
    casesOf({
      kernel: 'ExpandDims',
      title: `axis ${axis}`,
      shape: [2, 3],
      run: (tf, x) => tf.expandDims(x, axis),
    }),
  ),
  ...[
    [
      [5, 4],
      [1, 0],
      [4, 4],
      [2, 1],
    ] as const,
    [
      [5, 4],
      [4, 3],
      [0, 0],
      [-2, -1],
    ] as const,
    [
      [2, 3, 4],
      [0, 1, 0],
      [2, 3, 4],
      [1, 1, 3],
    ] as const,
    [[7], [-2], [-6], [-2]] as const,
    [[7], [5], [2], [1]] as const,
  ].flatMap(([shape, begin, end, strides]) =>
    casesOf({
      kernel: 'StridedSlice',
      title: `[${shape}] ${begin} to ${end} by ${strides}`,
      shape,
      run: (tf, x) => tf.stridedSlice(x, [...begin], [...end], [...strides]),
    }),
  ),
  ...[
    [2, 0, 0, 0, 0],
    [0, 1, 0, 0, 0],
    [0, 0, 1, 0, 0],
    [0, 0, 0, 2, 0],
    [0, 0, 0, 0, 1],
  ].flatMap((masks) =>
    casesOf({
      kernel: 'StridedSlice',
      title: `masks ${masks}`,
      shape: [3, 4],
      run: (tf, x) =>
        tf.stridedSlice(x, [1, 1], [2, 3], [1, 1], masks[0], masks[1], masks[2], masks[3], masks[4]),
      kinds: ['float32', 'int32'],
    }),
  ),
  ...(
    [
      [[0, 1, 0], [2, 2, 4], [1, 1, 2], 0, 2],
      [[-1, 0, 3], [0, 3, 0], [1, 2, -1], 0, 1],
      [[1, -1, 3], [2, 0, 0], [1, 1, -2], 4, 2],
      [[1, 2, 3], [2, 3, 4], [1, 1, 1], 0, 7],
    ] as const
  ).flatMap(([begin, end, strides, endMask, shrink]) =>
    casesOf({
      kernel: 'StridedSlice',
      title: `${begin} to ${end} by ${strides}, shrunk by ${shrink}`,
      shape: [2, 3, 4],
      run: (tf, x) => tf.stridedSlice(x, [...begin], [...end], [...strides], 0, endMask, 0, 0, shrink),
      kinds: ['float32', 'int32'],
    }),
  ),
  ...[
    [[4], 2, 0] as const,
    [[5, 4], [1, 3], 1] as const,
    [[5, 4], [2, -1, 1], 0] as const,
    [[2, 3, 4], 4, 2] as const,
    [[4, 2], [0, 4], 0] as const,
  ].flatMap(([shape, parts, axis]) =>
    casesOf({
      kernel: 'SplitV',
      title: `[${shape}] into ${parts} along ${axis}`,
      shape,
      run: (tf, x) => tf.split(x, parts as unknown as number[], axis),
    }),
  ),
  ...[0, 1, -1].flatMap((axis) =>
    casesOf({
      kernel: 'Unpack',
      title: `along ${axis}`,
      shape: [2, 3, 2],
      run: (tf, x) => tf.unstack(x, axis),
    }),
  ),
  ...[
    [
      [4, 4, 1, 2],
      [2, 2],
      [
        [0, 0],
        [1, 0],
      ],
    ] as const,
    [
      [2, 4, 2, 1],
      [2, 1],
      [
        [0, 0],
        [0, 0],
      ],
    ] as const,
    [
      [1, 3, 5, 2],
      [2, 3],
      [
        [1, 0],
        [0, 1],
      ],
    ] as const,
  ].flatMap(([shape, block, paddings]) =>
    casesOf({
      kernel: 'SpaceToBatchND',
      title: `[${shape}] by ${block} pads ${JSON.stringify(paddings)}`,
      shape,
      run: (tf, x) => tf.spaceToBatchND(x, [...block], paddings as unknown as number[][]),
      kinds: ['float32', 'int32'],
    }),
  ),
  ...[
    [
      [4, 2, 2, 1],
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ] as const,
    [
      [6, 2, 3, 2],
      [2, 3],
      [
        [1, 0],
        [0, 1],
      ],
    ] as const,
  ].flatMap(([shape, block, crops]) =>
    casesOf({
      kernel: 'BatchToSpaceND',
      title: `[${shape}] by ${block} crops ${JSON.stringify(crops)}`,
      shape,
      run: (tf, x) => tf.batchToSpaceND(x, [...block], crops as unknown as number[][]),
      kinds: ['float32', 'int32'],
    }),
  ),
  ...[
    [2, 2, 3, 8],
    [1, 1, 1, 4],
    [1, 3, 2, 12],
  ].flatMap((shape) =>
    casesOf({
      kernel: 'DepthToSpace',
      title: `[${shape}]`,
      shape,
      run: (tf, x) => tf.depthToSpace(x as Tensor4D, 2),
      kinds: ['float32'],
    }),
  ),
  ...[[3], [2, 2], [0]].flatMap((shape) =>
    casesOf({
      kernel: 'Diag',
      title: `[${shape}]`,
      shape,
      run: (tf, x) => tf.diag(x),
      reference: (x) =>
        build([...shape, ...shape], (index) => {
          const [row, column] = [index.slice(0, shape.length), index.slice(shape.length)];
          return `${row}` === `${column}` ? at(x, row) : 0;
        }),
    }),
  ),
  ...[[[3, 4], 1, 0] as const, [[4, 3], 0, -1] as const, [[2, 3, 3], -1, 1] as const].flatMap(
    ([shape, lower, upper]) =>
      casesOf({
        kernel: 'MatrixBandPart',
        title: `[${shape}] ${lower} ${upper}`,
        shape,
        run: (tf, x) => tf.linalg.bandPart(x, lower, upper),
        reference: (x) =>
          build(shape, (index) => {
            const [row, column] = index.slice(-2) as [number, number];
            return (lower < 0 || row - column <= lower) && (upper < 0 || column - row <= upper)
              ? at(x, index)
              : 0;
          }),
        kinds: ['float32', 'int32'],
      }),
  ),
];
