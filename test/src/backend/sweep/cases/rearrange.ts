import type { Case, Numbers } from '../case.ts';
import { at, build } from '../numbers.ts';
import { casesOf } from '../rearrangement.ts';

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

export const rearranged: Case[] = [
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
];
