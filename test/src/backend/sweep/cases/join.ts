import { bool, type Case, type Numbers } from '../case.ts';
import { at, broadcastShape, build } from '../numbers.ts';
import { KINDS, of } from '../rearrangement.ts';

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

export const joins: Case[] = [...concats, ...packs, ...selections];
