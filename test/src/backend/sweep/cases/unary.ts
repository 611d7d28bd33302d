import { bool, type Case, float, given, int, type Numbers, SPECIAL, type Tensor, type Tf } from '../case.ts';
import { map } from '../numbers.ts';

type Operation = (tf: Tf, x: Tensor) => Tensor;

interface Unary {
  readonly kernel: string;
  readonly run: Operation;
  readonly of: (x: number) => number;
  /** Where it has values. */
  readonly from?: number;
  readonly to?: number;
  /** Whether its result is a float for integers too. */
  readonly kinds?: readonly ('int32' | 'bool')[];
  readonly gradient?: boolean;
}

/** As tfjs documents it: of NaN it is 0. */
const sign = (x: number): number => (x > 0 ? 1 : x < 0 ? -1 : 0);
const elu = (x: number): number => (x >= 0 ? x : Math.expm1(x));
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** The nearest whole number, halves to the even one. */
function roundEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  if (rest !== 0.5) return rest < 0.5 ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
}

/** The series of erf, and its continued fraction where that is short. */
function erf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (Math.abs(x) > 5) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const softplus = (x: number): number => (x > 30 ? x : Math.log1p(Math.exp(x)));

const UNARY: readonly Unary[] = [
  { kernel: 'Abs', run: (tf, x) => tf.abs(x), of: Math.abs, kinds: ['int32'] },
  { kernel: 'Acos', run: (tf, x) => tf.acos(x), of: Math.acos, from: -0.95, to: 0.95 },
  { kernel: 'Acosh', run: (tf, x) => tf.acosh(x), of: Math.acosh, from: 1.1, to: 5 },
  { kernel: 'Asin', run: (tf, x) => tf.asin(x), of: Math.asin, from: -0.95, to: 0.95 },
  { kernel: 'Asinh', run: (tf, x) => tf.asinh(x), of: Math.asinh },
  { kernel: 'Atan', run: (tf, x) => tf.atan(x), of: Math.atan },
  { kernel: 'Atanh', run: (tf, x) => tf.atanh(x), of: Math.atanh, from: -0.95, to: 0.95 },
  { kernel: 'Ceil', run: (tf, x) => tf.ceil(x), of: Math.ceil },
  { kernel: 'Cos', run: (tf, x) => tf.cos(x), of: Math.cos },
  { kernel: 'Cosh', run: (tf, x) => tf.cosh(x), of: Math.cosh },
  { kernel: 'Elu', run: (tf, x) => tf.elu(x), of: elu },
  { kernel: 'Erf', run: (tf, x) => tf.erf(x), of: erf, kinds: ['int32'] },
  { kernel: 'Exp', run: (tf, x) => tf.exp(x), of: Math.exp },
  { kernel: 'Expm1', run: (tf, x) => tf.expm1(x), of: Math.expm1 },
  { kernel: 'Floor', run: (tf, x) => tf.floor(x), of: Math.floor },
  {
    kernel: 'IsFinite',
    run: (tf, x) => tf.isFinite(x),
    of: (x) => Number(Number.isFinite(x)),
    gradient: false,
  },
  {
    kernel: 'IsInf',
    run: (tf, x) => tf.isInf(x),
    of: (x) => Number(Math.abs(x) === Infinity),
    gradient: false,
  },
  { kernel: 'IsNan', run: (tf, x) => tf.isNaN(x), of: (x) => Number(Number.isNaN(x)), gradient: false },
  { kernel: 'LeakyRelu', run: (tf, x) => tf.leakyRelu(x, 0.3), of: (x) => (x >= 0 ? x : 0.3 * x) },
  { kernel: 'Log', run: (tf, x) => tf.log(x), of: Math.log, from: 0.1, to: 5 },
  { kernel: 'Log1p', run: (tf, x) => tf.log1p(x), of: Math.log1p, from: -0.9, to: 5 },
  { kernel: 'Neg', run: (tf, x) => tf.neg(x), of: (x) => -x, kinds: ['int32'] },
  { kernel: 'Reciprocal', run: (tf, x) => tf.reciprocal(x), of: (x) => 1 / x, from: 0.2 },
  { kernel: 'Relu', run: (tf, x) => tf.relu(x), of: (x) => (x <= 0 ? 0 : x), kinds: ['int32', 'bool'] },
  {
    kernel: 'Relu6',
    run: (tf, x) => tf.relu6(x),
    of: (x) => (x <= 0 ? 0 : x > 6 ? 6 : x),
    to: 9,
    kinds: ['int32', 'bool'],
  },
  { kernel: 'Round', run: (tf, x) => tf.round(x), of: roundEven },
  { kernel: 'Rsqrt', run: (tf, x) => tf.rsqrt(x), of: (x) => 1 / Math.sqrt(x), from: 0.2, to: 5 },
  {
    kernel: 'Selu',
    run: (tf, x) => tf.selu(x),
    of: (x) => SELU_SCALE * (x >= 0 ? x : SELU_ALPHA * Math.expm1(x)),
  },
  { kernel: 'Sigmoid', run: (tf, x) => tf.sigmoid(x), of: (x) => 1 / (1 + Math.exp(-x)) },
  { kernel: 'Sign', run: (tf, x) => tf.sign(x), of: sign },
  { kernel: 'Sin', run: (tf, x) => tf.sin(x), of: Math.sin },
  { kernel: 'Sinh', run: (tf, x) => tf.sinh(x), of: Math.sinh },
  { kernel: 'Softplus', run: (tf, x) => tf.softplus(x), of: softplus },
  { kernel: 'Sqrt', run: (tf, x) => tf.sqrt(x), of: Math.sqrt, from: 0.1, to: 5 },
  { kernel: 'Square', run: (tf, x) => tf.square(x), of: (x) => x * x, kinds: ['int32'] },
  { kernel: 'Step', run: (tf, x) => tf.step(x, 0.5), of: (x) => (x > 0 ? 1 : Number.isNaN(x) ? NaN : 0.5) },
  { kernel: 'Tan', run: (tf, x) => tf.tan(x), of: Math.tan, from: -1.3, to: 1.3 },
  { kernel: 'Tanh', run: (tf, x) => tf.tanh(x), of: Math.tanh },
  {
    kernel: 'ClipByValue',
    run: (tf, x) => tf.clipByValue(x, -0.9, 1.1),
    of: (x) => (x < -0.9 ? -0.9 : x > 1.1 ? 1.1 : x),
  },
  { kernel: 'Identity', run: (tf, x) => tf.clone(x), of: (x) => x, kinds: ['int32', 'bool'] },
  {
    kernel: 'ZerosLike',
    run: (tf, x) => tf.zerosLike(x),
    of: () => 0,
    kinds: ['int32', 'bool'],
    gradient: false,
  },
  {
    kernel: 'OnesLike',
    run: (tf, x) => tf.onesLike(x),
    of: () => 1,
    kinds: ['int32', 'bool'],
    gradient: false,
  },
];

const SHAPES: readonly (readonly number[])[] = [[], [1], [0], [7], [2, 0, 3], [3, 5], [2, 1, 3, 2], [33]];

function casesOf({ kernel, run, of, from = -2, to = 2, kinds = [], gradient = true }: Unary): Case[] {
  const reference = (x: Numbers): Numbers => map(x, of);
  const differences = gradient ? ('differences' as const) : undefined;
  return [
    ...SHAPES.map(
      (shape): Case => ({
        kernel,
        title: `float32 [${shape}]`,
        inputs: [float(shape, from, to, from < 0 ? 0.05 : 0)],
        run,
        reference,
        gradient: differences,
      }),
    ),
    {
      kernel,
      title: 'NaN and infinities',
      inputs: [given(SPECIAL)],
      run,
      reference: (x) => map(map(x, of), Math.fround),
      native: kernel === 'Sign' ? 'the sign of NaN is NaN' : undefined,
    },
    ...kinds.map(
      (dtype): Case => ({
        kernel,
        title: dtype,
        inputs: [dtype === 'bool' ? bool([2, 5]) : int([2, 5], -9, 9)],
        run,
        reference,
      }),
    ),
  ];
}

const logical: Case[] = [[], [1], [0], [7], [2, 3]].map((shape) => ({
  kernel: 'LogicalNot',
  title: `[${shape}]`,
  inputs: [bool(shape)],
  run: (tf, x) => tf.logicalNot(x),
  reference: (x) => map(x, (value) => 1 - value),
}));

const clipped: Case[] = [
  {
    kernel: 'ClipByValue',
    title: 'int32',
    inputs: [int([3, 5], -9, 9)],
    run: (tf, x) => tf.clipByValue(x, -4, 5),
    reference: (x) => map(x, (value) => Math.min(5, Math.max(-4, value))),
  },
  {
    kernel: 'ClipByValue',
    title: 'of an empty int32 tensor',
    inputs: [int([0])],
    run: (tf, x) => tf.clipByValue(x, -4, 5),
  },
];

const DTYPES = ['float32', 'int32', 'bool'] as const;
const truncate = (x: number): number => Math.trunc(x) | 0;
const casts: Case[] = DTYPES.flatMap((from) =>
  DTYPES.flatMap((to) =>
    [[0], [], [9], [2, 3]].map(
      (shape): Case => ({
        kernel: 'Cast',
        title: `${from} to ${to} [${shape}]`,
        inputs: [
          from === 'float32' ? float(shape, -3, 3) : from === 'int32' ? int(shape, -300, 300) : bool(shape),
        ],
        run: (tf, x) => tf.cast(x, to),
        reference: (x) =>
          map(
            x,
            to === 'bool' ? (value) => Number(value !== 0) : to === 'int32' ? truncate : (value) => value,
          ),
        gradient: from === 'float32' && to === 'float32' ? 'differences' : undefined,
      }),
    ),
  ),
);
const specialCasts: Case[] = [
  {
    kernel: 'Cast',
    title: 'of NaN and infinities to bool',
    inputs: [given(SPECIAL)],
    run: (tf, x) => tf.cast(x, 'bool'),
    reference: (x) => map(x, (value) => Number(value !== 0)),
  },
];

export const unary: Case[] = [...UNARY.flatMap(casesOf), ...logical, ...clipped, ...casts, ...specialCasts];
