import {
  bool,
  type Case,
  float,
  given,
  int,
  type Numbers,
  type Source,
  SPECIAL,
  type Tensor,
  type Tf,
} from '../case.ts';
import { zip } from '../numbers.ts';

interface Binary {
  readonly kernel: string;
  readonly run: (tf: Tf, a: Tensor, b: Tensor) => Tensor;
  readonly of: (a: number, b: number) => number;
  readonly kinds?: readonly ('float32' | 'int32' | 'bool' | 'mixed')[];
  readonly gradient?: boolean;
  /** Bounds of float arguments. */
  readonly a?: readonly [number, number];
  readonly b?: readonly [number, number];
  /** The special values it is tried on: all of them unless said. */
  readonly special?: readonly number[];
}

const compare = (f: (a: number, b: number) => boolean) => (a: number, b: number) => Number(f(a, b));
const max = (a: number, b: number): number => (Number.isNaN(a) || Number.isNaN(b) ? NaN : a > b ? a : b);
const min = (a: number, b: number): number => (Number.isNaN(a) || Number.isNaN(b) ? NaN : a < b ? a : b);

/** The remainder with the divisor's sign. */
function mod(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

const NUMBERS = ['float32', 'int32', 'mixed'] as const;
const ANY = ['float32', 'int32', 'bool'] as const;
const FINITE = SPECIAL.filter((x) => Number.isFinite(x) && x !== 0 && Math.abs(x) < 10);

const BINARY: readonly Binary[] = [
  { kernel: 'Add', run: (tf, a, b) => tf.add(a, b), of: (a, b) => a + b, kinds: NUMBERS },
  { kernel: 'Sub', run: (tf, a, b) => tf.sub(a, b), of: (a, b) => a - b, kinds: NUMBERS },
  { kernel: 'Multiply', run: (tf, a, b) => tf.mul(a, b), of: (a, b) => a * b, kinds: NUMBERS },
  {
    kernel: 'RealDiv',
    run: (tf, a, b) => tf.div(a, b),
    of: (a, b) => a / b,
    kinds: ['float32', 'mixed'],
    b: [0.3, 2],
  },
  {
    kernel: 'FloorDiv',
    run: (tf, a, b) => tf.floorDiv(a, b),
    of: (a, b) => Math.floor(a / b),
    kinds: ['int32', 'float32', 'mixed'],
    b: [0.3, 2],
    gradient: false,
    special: FINITE,
  },
  {
    kernel: 'Mod',
    run: (tf, a, b) => tf.mod(a, b),
    of: mod,
    kinds: ['float32', 'int32'],
    a: [0.1, 0.9],
    b: [1, 2],
    special: FINITE,
  },
  {
    kernel: 'Pow',
    run: (tf, a, b) => tf.pow(a, b),
    of: (a, b) => a ** b,
    kinds: ['float32'],
    a: [0.2, 2],
    special: [1.5, 2, 0.5, 3, NaN, Infinity],
  },
  { kernel: 'Maximum', run: (tf, a, b) => tf.maximum(a, b), of: max, kinds: NUMBERS },
  { kernel: 'Minimum', run: (tf, a, b) => tf.minimum(a, b), of: min, kinds: NUMBERS },
  {
    kernel: 'SquaredDifference',
    run: (tf, a, b) => tf.squaredDifference(a, b),
    of: (a, b) => (a - b) * (a - b),
    kinds: NUMBERS,
  },
  { kernel: 'Atan2', run: (tf, a, b) => tf.atan2(a, b), of: Math.atan2, kinds: ['float32'] },
  {
    kernel: 'Prelu',
    run: (tf, a, b) => tf.prelu(a, b),
    of: (a, b) => (a < 0 ? a * b : a),
    kinds: ['float32'],
  },
  {
    kernel: 'Equal',
    run: (tf, a, b) => tf.equal(a, b),
    of: compare((a, b) => a === b),
    kinds: ANY,
    gradient: false,
  },
  {
    kernel: 'NotEqual',
    run: (tf, a, b) => tf.notEqual(a, b),
    of: compare((a, b) => a !== b),
    kinds: ANY,
    gradient: false,
  },
  {
    kernel: 'Greater',
    run: (tf, a, b) => tf.greater(a, b),
    of: compare((a, b) => a > b),
    kinds: ANY,
    gradient: false,
  },
  {
    kernel: 'GreaterEqual',
    run: (tf, a, b) => tf.greaterEqual(a, b),
    of: compare((a, b) => a >= b),
    kinds: ANY,
    gradient: false,
  },
  {
    kernel: 'Less',
    run: (tf, a, b) => tf.less(a, b),
    of: compare((a, b) => a < b),
    kinds: ANY,
    gradient: false,
  },
  {
    kernel: 'LessEqual',
    run: (tf, a, b) => tf.lessEqual(a, b),
    of: compare((a, b) => a <= b),
    kinds: ANY,
    gradient: false,
  },
  {
    kernel: 'LogicalAnd',
    run: (tf, a, b) => tf.logicalAnd(a, b),
    of: (a, b) => a && b,
    kinds: ['bool'],
    gradient: false,
  },
  {
    kernel: 'LogicalOr',
    run: (tf, a, b) => tf.logicalOr(a, b),
    of: (a, b) => a || b,
    kinds: ['bool'],
    gradient: false,
  },
  {
    kernel: 'LogicalXor',
    run: (tf, a, b) => tf.logicalXor(a, b),
    of: (a, b) => a ^ b,
    kinds: ['bool'],
    gradient: false,
  },
  {
    kernel: 'BitwiseAnd',
    run: (tf, a, b) => tf.bitwiseAnd(a, b),
    of: (a, b) => a & b,
    kinds: ['int32'],
    gradient: false,
  },
];

const PAIRS: readonly (readonly [number[], number[]])[] = [
  [[], []],
  [[1], [1]],
  [[5], [5]],
  [[17], []],
  [[], [4]],
  [[0], [0]],
  [[0], [1]],
  [[2, 0, 3], [3]],
  [
    [3, 1],
    [1, 4],
  ],
  [[2, 3, 4], [4]],
  [[4], [2, 3, 4]],
  [
    [2, 3],
    [2, 1],
  ],
  [
    [2, 1, 3, 1, 2],
    [1, 2, 3, 2, 1],
  ],
];

const CHANNELS: readonly (readonly [number[], number[]])[] = [
  [[3, 2], [2]],
  [[2, 3, 3, 2], [2]],
  [
    [2, 2, 3],
    [2, 1, 3],
  ],
  [[7], []],
];

function argument(
  kind: string,
  shape: number[],
  [low, high]: readonly [number, number],
  second: boolean,
): Source {
  if (kind === 'bool') return bool(shape);
  if (kind === 'int32') return second ? int(shape, 1, 4) : int(shape, -7, 7);
  if (kind === 'mixed' && !second) return int(shape, -7, 7);
  return float(shape, low, high, low < 0 ? 0.05 : 0);
}

function casesOf({
  kernel,
  run,
  of,
  kinds = [],
  gradient = true,
  a = [-2, 2],
  b = [-2, 2],
  special = SPECIAL,
}: Binary): Case[] {
  const reference = (x: Numbers, y: Numbers): Numbers => zip(x, y, of);
  const equal = PAIRS.filter(([first, second]) => `${first}` === `${second}`);
  const pairs = kernel === 'Prelu' ? CHANNELS : kernel === 'BitwiseAnd' ? equal : PAIRS;
  const plain = kinds.flatMap((kind) =>
    pairs.map(
      ([first, second]): Case => ({
        kernel,
        title: `${kind} [${first}] and [${second}]`,
        inputs: [argument(kind, first, a, false), argument(kind, second, b, true)],
        run,
        reference,
        gradient: gradient && (kind === 'float32' || kind === 'mixed') ? 'differences' : undefined,
      }),
    ),
  );
  const n = special.length;
  if (!kinds.includes('float32') || kernel === 'Prelu') return plain;
  return [
    ...plain,
    {
      kernel,
      title: 'NaN and infinities',
      inputs: [given(special, [n, 1]), given(special, [1, n])],
      run,
      reference: (x, y) => {
        const result = zip(x, y, of);
        return { ...result, values: result.values.map(Math.fround) };
      },
    },
    {
      kernel,
      title: 'NaN and infinities of one shape',
      inputs: [given(special), given([...special].reverse())],
      run,
      reference: (x, y) => {
        const result = zip(x, y, of);
        return { ...result, values: result.values.map(Math.fround) };
      },
    },
  ];
}

const more: Case[] = [
  {
    kernel: 'Mod',
    title: 'of either sign',
    inputs: [given([5, -5, 5, -5, 4.5, -4.5, 0]), given([3, 3, -3, -3, 2, 2, 2])],
    run: (tf, a, b) => tf.mod(a!, b!),
    reference: (x, y) => zip(x, y, mod),
  },
  {
    kernel: 'FloorDiv',
    title: 'int32 of either sign',
    inputs: [given([7, -7, 7, -7, 0], [5], 'int32'), given([2, 2, -2, -2, 3], [5], 'int32')],
    run: (tf, a, b) => tf.floorDiv(a!, b!),
    reference: (x, y) => zip(x, y, (a, b) => Math.floor(a / b)),
  },
  {
    kernel: 'Pow',
    title: 'int32',
    inputs: [int([7], 1, 5), int([7], 0, 4)],
    run: (tf, a, b) => tf.pow(a!, b!),
    reference: (x, y) => zip(x, y, (a, b) => a ** b),
  },
  {
    kernel: 'Pow',
    title: 'of negative numbers',
    inputs: [float([7], -2, -0.3), given([2, 3, 1, 0, 4, 2, -1])],
    run: (tf, a, b) => tf.pow(a!, b!),
    reference: (x, y) => zip(x, y, (a, b) => a ** b),
  },
  {
    kernel: 'Multiply',
    title: 'of int32 beyond 2²⁴',
    inputs: [given([16777217, -16777219, 46341], [3], 'int32'), given([3, 5, 46340], [3], 'int32')],
    run: (tf, a, b) => tf.mul(a!, b!),
    reference: (x, y) => zip(x, y, Math.imul),
  },
  {
    kernel: 'Add',
    title: 'of int32 beyond 2²⁴',
    inputs: [given([16777217, -16777219], [2], 'int32'), given([2, 4], [2], 'int32')],
    run: (tf, a, b) => tf.add(a!, b!),
    reference: (x, y) => zip(x, y, (a, b) => a + b),
  },
  ...[1, 2, 3, 5].map(
    (count): Case => ({
      kernel: 'AddN',
      title: `of ${count}`,
      inputs: Array.from({ length: count }, () => float([3, 5])),
      run: (tf, ...x) => tf.addN(x),
      reference: (...x) => x.reduce((a, b) => zip(a, b, (p, q) => p + q)),
      gradient: 'differences',
    }),
  ),
  {
    kernel: 'AddN',
    title: 'of int32',
    inputs: [int([7]), int([7]), int([7])],
    run: (tf, ...x) => tf.addN(x),
    reference: (...x) => x.reduce((a, b) => zip(a, b, (p, q) => p + q)),
  },
  {
    kernel: 'AddN',
    title: 'of nothing twice',
    inputs: [float([0]), float([0])],
    run: (tf, ...x) => tf.addN(x),
  },
];

export const binary: Case[] = [...BINARY.flatMap(casesOf), ...more];
