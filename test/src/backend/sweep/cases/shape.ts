import type { Tensor4D } from '@tensorflow/tfjs-core';
import {
  bool,
  type Case,
  float,
  given,
  int,
  type Numbers,
  type Source,
  strings,
  type Tensor,
  type Tf,
} from '../case.ts';
import { at, broadcastShape, build } from '../numbers.ts';

type Kind = 'float32' | 'int32' | 'bool';
const KINDS: readonly Kind[] = ['float32', 'int32', 'bool'];
const of = (kind: Kind, shape: readonly number[]): Source =>
  kind === 'float32' ? float(shape) : kind === 'int32' ? int(shape) : bool(shape);

interface Rearrangement {
  readonly kernel: string;
  readonly title: string;
  readonly shape: readonly number[];
  readonly run: (tf: Tf, x: Tensor) => Tensor | Tensor[];
  readonly reference?: (x: Numbers) => Numbers | Numbers[];
  readonly kinds?: readonly Kind[];
}

/** The same for each dtype; with the gradient for floats. */
const casesOf = ({ kernel, title, shape, run, reference, kinds = KINDS }: Rearrangement): Case[] =>
  kinds.map((kind) => ({
    kernel,
    title: `${kind} ${title}`,
    inputs: [of(kind, shape)],
    run: (tf, x) => run(tf, x!),
    reference,
    gradient: kind === 'float32' ? ('differences' as const) : undefined,
  }));

const transposes: readonly (readonly [number[], number[]])[] = [
  [[3], [0]],
  [
    [2, 3],
    [1, 0],
  ],
  [
    [1, 5],
    [1, 0],
  ],
  [
    [2, 3, 4],
    [2, 0, 1],
  ],
  [
    [2, 3, 4],
    [0, 2, 1],
  ],
  [
    [2, 1, 3, 2],
    [3, 1, 0, 2],
  ],
  [
    [2, 2, 1, 3, 2],
    [4, 2, 0, 3, 1],
  ],
  [
    [1, 2, 1, 2, 1, 3],
    [5, 3, 1, 0, 2, 4],
  ],
  [
    [0, 3],
    [1, 0],
  ],
];
const slices: readonly (readonly [number[], number[], number[]])[] = [
  [[5], [1], [3]],
  [[5], [0], [0]],
  [
    [3, 4],
    [1, 0],
    [2, -1],
  ],
  [
    [3, 4],
    [0, 2],
    [3, 2],
  ],
  [
    [2, 3, 4],
    [0, 1, 2],
    [2, 2, 1],
  ],
  [
    [2, 3, 2, 3],
    [1, 0, 1, 1],
    [1, 3, 1, 2],
  ],
  [
    [2, 2, 2, 2, 3],
    [0, 1, 0, 1, 0],
    [2, 1, 2, 1, 2],
  ],
];
const pads: readonly (readonly [number[], [number, number][]])[] = [
  [[3], [[1, 2]]],
  [
    [2, 3],
    [
      [0, 1],
      [2, 0],
    ],
  ],
  [
    [2, 3, 2],
    [
      [1, 0],
      [0, 2],
      [1, 1],
    ],
  ],
  [
    [2, 2, 1, 2],
    [
      [0, 0],
      [1, 1],
      [2, 0],
      [0, 0],
    ],
  ],
  [
    [0, 2],
    [
      [1, 1],
      [0, 0],
    ],
  ],
];
const reversals: readonly (readonly [number[], number[]])[] = [
  [[5], [0]],
  [[3, 4], [1]],
  [
    [3, 4],
    [0, 1],
  ],
  [
    [2, 3, 4],
    [-1, 0],
  ],
  [[2, 0], [0]],
  [[2, 3], []],
];
const tiles: readonly (readonly [number[], number[]])[] = [
  [[3], [2]],
  [
    [2, 3],
    [1, 1],
  ],
  [
    [2, 3],
    [2, 3],
  ],
  [
    [1, 2, 2],
    [3, 1, 2],
  ],
  [
    [2, 1, 2, 1],
    [1, 2, 1, 3],
  ],
  [[0], [3]],
  [[3], [0]],
];
const broadcasts: readonly (readonly [number[], number[]])[] = [
  [[1], [4]],
  [[3], [2, 3]],
  [
    [3, 1],
    [3, 4],
  ],
  [
    [2, 1, 3],
    [2, 4, 3],
  ],
  [[], [2, 2]],
];

function padded(x: Numbers, paddings: readonly (readonly [number, number])[], value: number): Numbers {
  const shape = x.shape.map((n, i) => n + paddings[i]![0] + paddings[i]![1]);
  return build(shape, (index) => {
    const inner = index.map((n, i) => n - paddings[i]![0]);
    return inner.every((n, i) => n >= 0 && n < x.shape[i]!) ? at(x, inner) : value;
  });
}

function mirrored(x: Numbers, paddings: readonly (readonly [number, number])[], reflect: boolean): Numbers {
  const shape = x.shape.map((n, i) => n + paddings[i]![0] + paddings[i]![1]);
  const skip = reflect ? 0 : 1;
  return build(shape, (index) =>
    at(
      x,
      index.map((n, i) => {
        const place = n - paddings[i]![0];
        const size = x.shape[i]!;
        if (place < 0) return -place - skip;
        return place < size ? place : 2 * (size - 1) - place + skip;
      }),
    ),
  );
}

const rearranged: Case[] = [
  ...transposes.flatMap(([shape, perm]) =>
    casesOf({
      kernel: 'Transpose',
      title: `[${shape}] to ${perm}`,
      shape,
      run: (tf, x) => tf.transpose(x, perm),
      reference: (x) =>
        build(
          perm.map((axis) => shape[axis]!),
          (index) =>
            at(
              x,
              shape.map((_, axis) => index[perm.indexOf(axis)]!),
            ),
        ),
    }),
  ),
  ...slices.flatMap(([shape, begin, size]) => {
    const sizes = size.map((n, i) => (n < 0 ? shape[i]! - begin[i]! : n));
    return casesOf({
      kernel: 'Slice',
      title: `[${shape}] from ${begin} size ${size}`,
      shape,
      run: (tf, x) => tf.slice(x, begin, size),
      reference: (x) =>
        build(sizes, (index) =>
          at(
            { ...x },
            index.map((n, i) => (shape[i] === 1 ? 0 : n + begin[i]!)),
          ),
        ),
    });
  }),
  ...pads.flatMap(([shape, paddings]) =>
    casesOf({
      kernel: 'PadV2',
      title: `[${shape}] by ${JSON.stringify(paddings)}`,
      shape,
      run: (tf, x) => tf.pad(x, paddings, 1),
      reference: (x) => padded(x, paddings, 1),
    }),
  ),
  ...(['reflect', 'symmetric'] as const).flatMap((mode) =>
    [
      [[3], [[1, 2]]] as const,
      [
        [2, 3],
        [
          [0, 1],
          [2, 0],
        ],
      ] as const,
      [
        [3, 3, 2],
        [
          [1, 0],
          [0, 2],
          [1, 1],
        ],
      ] as const,
      [
        [2, 2, 3, 2],
        [
          [0, 0],
          [1, 1],
          [2, 2],
          [0, 0],
        ],
      ] as const,
    ].flatMap(([shape, paddings]) =>
      casesOf({
        kernel: 'MirrorPad',
        title: `${mode} [${shape}] by ${JSON.stringify(paddings)}`,
        shape,
        run: (tf, x) => tf.mirrorPad(x, paddings as unknown as [number, number][], mode),
        reference: (x) => mirrored(x, paddings, mode === 'reflect'),
        kinds: ['float32', 'int32'],
      }),
    ),
  ),
  ...reversals.flatMap(([shape, axes]) =>
    casesOf({
      kernel: 'Reverse',
      title: `[${shape}] along [${axes}]`,
      shape,
      run: (tf, x) => tf.reverse(x, axes),
      reference: (x) => {
        const along = axes.map((axis) => (axis < 0 ? axis + shape.length : axis));
        return build(shape, (index) =>
          at(
            x,
            index.map((n, i) => (along.includes(i) ? shape[i]! - 1 - n : n)),
          ),
        );
      },
    }),
  ),
  ...tiles.flatMap(([shape, reps]) =>
    casesOf({
      kernel: 'Tile',
      title: `[${shape}] by ${reps}`,
      shape,
      run: (tf, x) => tf.tile(x, reps),
      reference: (x) =>
        build(
          shape.map((n, i) => n * reps[i]!),
          (index) =>
            at(
              x,
              index.map((n, i) => n % shape[i]!),
            ),
        ),
    }),
  ),
  ...broadcasts.flatMap(([shape, to]) =>
    casesOf({
      kernel: 'BroadcastTo',
      title: `[${shape}] to [${to}]`,
      shape,
      run: (tf, x) => tf.broadcastTo(x, to),
      reference: (x) => build(to, (index) => at(x, index)),
    }),
  ),
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

function joined(parts: readonly Numbers[], axis: number): Numbers {
  const shape = [...parts[0]!.shape];
  shape[axis] = parts.reduce((sum, part) => sum + part.shape[axis]!, 0);
  return build(shape, (index) => {
    let place = index[axis]!;
    for (const part of parts) {
      if (place < part.shape[axis]!) return part.values[offsetOf(part.shape, index.with(axis, place))]!;
      place -= part.shape[axis]!;
    }
    return NaN;
  });
}
const offsetOf = (shape: readonly number[], index: readonly number[]): number =>
  shape.reduce((offset, n, i) => offset * n + index[i]!, 0);

const concats: Case[] = [
  { axis: 0, shapes: [[2], [3]] },
  {
    axis: 0,
    shapes: [
      [2, 3],
      [1, 3],
      [2, 3],
    ],
  },
  {
    axis: 1,
    shapes: [
      [2, 3],
      [2, 1],
    ],
  },
  {
    axis: 1,
    shapes: [
      [2, 1, 2],
      [2, 3, 2],
    ],
  },
  {
    axis: 2,
    shapes: [
      [2, 2, 1],
      [2, 2, 3],
    ],
  },
  {
    axis: 0,
    shapes: [
      [0, 2],
      [2, 2],
    ],
  },
  {
    axis: 1,
    shapes: [
      [2, 0],
      [2, 0],
    ],
  },
  { axis: 0, shapes: [[3]] },
  {
    axis: 3,
    shapes: [
      [1, 2, 2, 1],
      [1, 2, 2, 4],
    ],
  },
].flatMap(({ axis, shapes }) =>
  KINDS.map(
    (kind): Case => ({
      kernel: 'Concat',
      title: `${kind} ${shapes.map((shape) => `[${shape}]`).join(' ')} along ${axis}`,
      inputs: shapes.map((shape) => of(kind, shape)),
      run: (tf, ...x) => tf.concat(x, axis),
      reference: (...x) => joined(x, axis),
      gradient: kind === 'float32' ? 'differences' : undefined,
    }),
  ),
);

const packs: Case[] = [0, 1, 2, -1].flatMap((axis) =>
  KINDS.map(
    (kind): Case => ({
      kernel: 'Pack',
      title: `${kind} along ${axis}`,
      inputs: [of(kind, [2, 3]), of(kind, [2, 3]), of(kind, [2, 3])],
      run: (tf, ...x) => tf.stack(x, axis),
      gradient: kind === 'float32' ? 'differences' : undefined,
    }),
  ),
);

const SELECTIONS = [
  [[3], [3], [3]],
  [
    [2, 3],
    [2, 3],
    [2, 3],
  ],
  [[], [2, 3], [2, 3]],
  [[2, 1], [2, 3], [3]],
  [[0], [0], [0]],
  [[2, 3], [], []],
];
const selections: Case[] = SELECTIONS.flatMap(([condition, a, b]) =>
  KINDS.map(
    (kind): Case => ({
      kernel: 'Select',
      title: `${kind} [${condition}] [${a}] [${b}]`,
      inputs: [bool(condition!), of(kind, a!), of(kind, b!)],
      run: (tf, c, x, y) => tf.where(c!, x!, y!),
      reference: (c, x, y) =>
        build(broadcastShape(c.shape, broadcastShape(x.shape, y.shape)), (index) =>
          at(at(c, index) ? x : y, index),
        ),
      gradient:
        kind === 'float32' && `${a}` === `${b}` && `${condition}` === `${a}` ? 'differences' : undefined,
    }),
  ),
);

const made: Case[] = [
  ...([[], [3], [2, 0], [2, 3]] as number[][]).flatMap((shape): Case[] => [
    {
      kernel: 'Fill',
      title: `float [${shape}]`,
      inputs: [],
      run: (tf) => tf.fill(shape, 1.5),
      reference: () => build(shape, () => 1.5),
    },
    {
      kernel: 'Fill',
      title: `int32 [${shape}]`,
      inputs: [],
      run: (tf) => tf.fill(shape, -3, 'int32'),
      reference: () => build(shape, () => -3),
    },
    {
      kernel: 'Fill',
      title: `bool [${shape}]`,
      inputs: [],
      run: (tf) => tf.fill(shape, 1, 'bool'),
      reference: () => build(shape, () => 1),
    },
  ]),
  { kernel: 'Fill', title: 'string', inputs: [], run: (tf) => tf.fill([2], 'a', 'string') },
  ...(
    [
      [0, 5, 1],
      [5, 0, -2],
      [0, 1, 0.3],
      [3, 3, 1],
      [-2, 2, 1],
    ] as const
  ).map(
    ([start, stop, step]): Case => ({
      kernel: 'Range',
      title: `${start} ${stop} ${step}`,
      inputs: [],
      run: (tf) => tf.range(start, stop, step),
      reference: () => {
        const count = Math.max(0, Math.ceil((stop - start) / step));
        return build([count], ([i]) => start + i! * step);
      },
    }),
  ),
  { kernel: 'Range', title: 'int32', inputs: [], run: (tf) => tf.range(0, 10, 3, 'int32') },
  ...(
    [
      [0, 1, 5],
      [2, -2, 3],
      [1, 1, 4],
      [0, 9, 1],
    ] as const
  ).map(
    ([start, stop, count]): Case => ({
      kernel: 'LinSpace',
      title: `${start} ${stop} ${count}`,
      inputs: [],
      run: (tf) => tf.linspace(start, stop, count),
      reference: () => build([count], ([i]) => start + (count > 1 ? ((stop - start) * i!) / (count - 1) : 0)),
    }),
  ),
  ...(
    [
      [given([0, 2, 1], [3], 'int32'), 'three'],
      [given([0, -1, 5, 2], [2, 2], 'int32'), 'beyond the depth'],
      [given([], [0], 'int32'), 'nothing'],
      [given([1], [], 'int32'), 'a scalar'],
    ] as const
  ).map(
    ([indices, title]): Case => ({
      kernel: 'OneHot',
      title,
      inputs: [indices],
      run: (tf, x) => tf.oneHot(x!, 3, 5, -1),
      reference: (x) =>
        build([...x.shape, 3], (index) => (at(x, index.slice(0, -1)) === index.at(-1) ? 5 : -1)),
    }),
  ),
  {
    kernel: 'BroadcastArgs',
    title: 'of two shapes',
    inputs: [given([2, 1, 3], [3], 'int32'), given([4, 1], [2], 'int32')],
    run: (tf, a, b) => tf.broadcastArgs(a!, b!),
    reference: () => ({ shape: [3], values: [2, 4, 3] }),
  },
];

const TEXT = ['a', 'bb', 'ccc', '', 'ü€𝄞', 'f'];
const texts: Case[] = (
  [
    ['Reshape', (tf, x) => tf.reshape(x, [3, 2])],
    ['Identity', (tf, x) => tf.clone(x)],
    ['Slice', (tf, x) => tf.slice(x, [0, 1], [2, 2])],
    ['Transpose', (tf, x) => tf.transpose(x)],
    ['Tile', (tf, x) => tf.tile(x, [2, 1])],
    ['Reverse', (tf, x) => tf.reverse(x, 1)],
    ['Concat', (tf, x) => tf.concat([x, x], 0)],
    ['Pack', (tf, x) => tf.stack([x, x], 1)],
    ['Unpack', (tf, x) => tf.unstack(x, 0)],
    ['GatherV2', (tf, x) => tf.gather(x, tf.tensor1d([1, 1, 0], 'int32'), 1)],
    [
      'GatherNd',
      (tf, x) =>
        tf.gatherND(
          x,
          tf.tensor2d(
            [
              [0, 1],
              [1, 2],
            ],
            [2, 2],
            'int32',
          ),
        ),
    ],
    ['StridedSlice', (tf, x) => tf.stridedSlice(x, [0, 0], [2, 3], [1, 2])],
    ['Equal', (tf, x) => tf.equal(x, tf.tensor2d(['a', 'x', 'ccc', '', 'y', 'f'], [2, 3]))],
    ['NotEqual', (tf, x) => tf.notEqual(x, tf.tensor2d(['a', 'x', 'ccc', '', 'y', 'f'], [2, 3]))],
    ['ExpandDims', (tf, x) => tf.expandDims(x, 0)],
    ['SplitV', (tf, x) => tf.split(x, 3, 1)],
  ] as [string, (tf: Tf, x: Tensor) => Tensor | Tensor[]][]
).map(([kernel, run]) => ({
  kernel,
  title: 'string',
  inputs: [strings(TEXT, [2, 3])],
  run: (tf, x) => run(tf, x!),
  throws: ['Transpose', 'Reverse', 'GatherV2', 'SplitV'].includes(kernel),
}));

export const shapes: Case[] = [...rearranged, ...concats, ...packs, ...selections, ...made, ...texts];
