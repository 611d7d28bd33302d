import {
  bool,
  type Case,
  distinct,
  float,
  given,
  int,
  type Numbers,
  type Source,
  spiked,
  type Tensor,
  type Tf,
} from '../case.ts';
import { at, build, reduce } from '../numbers.ts';

interface Reduction {
  readonly kernel: string;
  readonly run: (tf: Tf, x: Tensor, axes: number[], keepDims: boolean) => Tensor;
  readonly of: (values: number[]) => number;
  readonly kinds: readonly ('float32' | 'int32' | 'bool')[];
  readonly gradient?: boolean;
}

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
const largest = (values: number[]): number =>
  values.length === 0 ? NaN : values.reduce((a, b) => (Number.isNaN(a) || a > b ? a : b));
const smallest = (values: number[]): number =>
  values.length === 0 ? NaN : values.reduce((a, b) => (Number.isNaN(a) || a < b ? a : b));

const REDUCTIONS: readonly Reduction[] = [
  { kernel: 'Sum', run: (tf, ...x) => tf.sum(...x), of: sum, kinds: ['float32', 'int32', 'bool'] },
  // Of nothing it is 0 in tfjs.
  {
    kernel: 'Mean',
    run: (tf, ...x) => tf.mean(...x),
    of: (x) => (x.length ? sum(x) / x.length : 0),
    kinds: ['float32', 'int32', 'bool'],
  },
  { kernel: 'Max', run: (tf, ...x) => tf.max(...x), of: largest, kinds: ['float32', 'int32'] },
  { kernel: 'Min', run: (tf, ...x) => tf.min(...x), of: smallest, kinds: ['float32', 'int32'] },
  {
    kernel: 'Prod',
    run: (tf, ...x) => tf.prod(...x),
    of: (x) => x.reduce((a, b) => a * b, 1),
    kinds: ['float32', 'int32'],
  },
  // Of nothing it is false in tfjs.
  {
    kernel: 'All',
    run: (tf, ...x) => tf.all(...x),
    of: (x) => Number(x.length > 0 && x.every(Boolean)),
    kinds: ['bool'],
    gradient: false,
  },
  {
    kernel: 'Any',
    run: (tf, ...x) => tf.any(...x),
    of: (x) => Number(x.some(Boolean)),
    kinds: ['bool'],
    gradient: false,
  },
];

const PLACES: readonly (readonly [number[], number[]])[] = [
  [[], []],
  [[1], [0]],
  [[7], [0]],
  [[33], [-1]],
  [[3, 5], [0]],
  [[3, 5], [1]],
  [
    [3, 5],
    [0, 1],
  ],
  [[2, 3, 4], [1]],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [
    [2, 3, 2, 3],
    [1, -1],
  ],
  [[2, 1, 3], [1]],
];
const EMPTY: readonly (readonly [number[], number[]])[] = [
  [[0], [0]],
  [[2, 0, 3], [1]],
  [
    [2, 0, 3],
    [0, 1],
  ],
  [[2, 0, 3], [0]],
  [[0, 3], [1]],
];

const filled = (kind: string, shape: number[]): Source =>
  kind === 'bool' ? bool(shape) : kind === 'int32' ? int(shape, -4, 4) : distinct(shape);

const OF_NOTHING = 'the mean of nothing is NaN, its largest number −∞, and all of it is true';

function casesOf({ kernel, run, of, kinds, gradient = true }: Reduction): Case[] {
  const over = (kind: string, [shape, axes]: readonly [number[], number[]], keepDims: boolean): Case => {
    const empty = shape.includes(0);
    // The largest of no whole numbers cannot be NaN: which number it is, is the back end's affair.
    const undefinedValue = empty && kind === 'int32' && (kernel === 'Max' || kernel === 'Min');
    return {
      kernel,
      title: `${kind} [${shape}] over [${axes}]${keepDims ? ' keeping them' : ''}`,
      inputs: [filled(kind, shape)],
      run: (tf, x) => run(tf, x!, axes, keepDims),
      reference: undefinedValue ? undefined : (x) => reduce(x, axes, keepDims, of),
      gradient: gradient && kind === 'float32' && !empty ? 'differences' : undefined,
      native: empty && ['Mean', 'Max', 'Min', 'All'].includes(kernel) ? OF_NOTHING : undefined,
    };
  };
  const cases = kinds.flatMap((kind) => [
    ...PLACES.flatMap((place) => [over(kind, place, false), over(kind, place, true)]),
    ...EMPTY.map((place) => over(kind, place, false)),
  ]);
  if (!kinds.includes('float32')) return cases;
  const special = [[NaN], [Infinity], [-Infinity], [Infinity, -Infinity]].map(
    (spikes): Case => ({
      kernel,
      title: `with ${spikes}`,
      inputs: [spiked(float([4, 9]), 7, spikes)],
      run: (tf, x) => run(tf, x!, [1], false),
      reference: (x) => reduce(x, [1], false, of),
    }),
  );
  return [...cases, ...special];
}

/** The place of the first value that none exceeds by `better`; that of NaN is as tfjs has it. */
const place =
  (better: (a: number, b: number) => boolean) =>
  (values: number[]): number =>
    values.reduce((best, value, i) => (better(value, values[best]!) ? i : best), 0);

const ARGUMENTS = [
  {
    kernel: 'ArgMax',
    run: (tf: Tf, x: Tensor, axis: number) => tf.argMax(x, axis),
    of: place((a, b) => a > b),
  },
  {
    kernel: 'ArgMin',
    run: (tf: Tf, x: Tensor, axis: number) => tf.argMin(x, axis),
    of: place((a, b) => a < b),
  },
];
const argumentCases: Case[] = ARGUMENTS.flatMap(({ kernel, run, of }) => [
  ...PLACES.filter(([, axes]) => axes.length === 1).flatMap(([shape, axes]) =>
    (['float32', 'int32'] as const).map(
      (kind): Case => ({
        kernel,
        title: `${kind} [${shape}] over ${axes}`,
        inputs: [filled(kind, shape)],
        run: (tf, x) => run(tf, x!, axes[0]!),
        reference: (x) => reduce(x, axes, false, of),
      }),
    ),
  ),
  {
    kernel,
    title: 'bool',
    inputs: [bool([3, 4])],
    run: (tf, x) => run(tf, x!, 1),
    reference: (x) => reduce(x, [1], false, of),
  },
  {
    kernel,
    title: 'with infinities',
    inputs: [spiked(distinct([3, 5]), 4, [Infinity, -Infinity])],
    run: (tf, x) => run(tf, x!, 1),
    reference: (x) => reduce(x, [1], false, of),
  },
  {
    kernel,
    title: 'of negative infinities',
    inputs: [given([-Infinity, -Infinity, Infinity, Infinity], [2, 2])],
    run: (tf, x) => run(tf, x!, 1),
    reference: (x) => reduce(x, [1], false, of),
  },
  { kernel, title: 'of no rows', inputs: [float([0, 3])], run: (tf, x) => run(tf, x!, 1) },
]);

/** Sums or products up to each place along an axis. */
function scan(x: Numbers, axis: number, exclusive: boolean, reverse: boolean, product: boolean): Numbers {
  const n = x.shape[axis]!;
  return build(x.shape, (index) => {
    const i = index[axis]!;
    const [from, to] = reverse ? [exclusive ? i + 1 : i, n] : [0, exclusive ? i : i + 1];
    const values = Array.from({ length: to - from }, (_, k) => at(x, index.with(axis, from + k)));
    return values.reduce((a, b) => (product ? a * b : a + b), product ? 1 : 0);
  });
}

const scans: Case[] = ['Cumsum', 'Cumprod'].flatMap((kernel) =>
  (
    [
      [[7], 0],
      [[1], 0],
      [[0], 0],
      [[3, 5], 1],
      [[3, 5], 0],
      [[2, 3, 4], 1],
      [[2, 0], 1],
    ] as const
  ).flatMap(([shape, axis]) =>
    [false, true].flatMap((exclusive) =>
      [false, true].flatMap((reverse) =>
        (['float32', 'int32'] as const).map(
          (kind): Case => ({
            kernel,
            title: `${kind} [${shape}] over ${axis}${exclusive ? ' exclusive' : ''}${reverse ? ' reverse' : ''}`,
            inputs: [kind === 'int32' ? int(shape, 1, 3) : float(shape, 0.5, 1.5)],
            run: (tf, x) =>
              kernel === 'Cumsum'
                ? tf.cumsum(x!, axis, exclusive, reverse)
                : tf.cumprod(x!, axis, exclusive, reverse),
            reference: (x) => scan(x, axis, exclusive, reverse, kernel === 'Cumprod'),
            gradient: kind === 'float32' ? 'differences' : undefined,
          }),
        ),
      ),
    ),
  ),
);

const composed: Case[] = [
  {
    kernel: 'Max',
    title: 'logSumExp',
    inputs: [float([3, 5], -40, 40)],
    run: (tf, x) => tf.logSumExp(x!, 1),
    reference: (x) => reduce(x, [1], false, (row) => Math.log(sum(row.map(Math.exp)))),
    gradient: 'differences',
  },
  {
    kernel: 'Mean',
    title: 'moments',
    inputs: [float([3, 2, 4])],
    run: (tf, x) => {
      const { mean, variance } = tf.moments(x!, [0, 2]);
      return [mean, variance];
    },
    gradient: 'differences',
  },
  ...(['euclidean', 1, 2, Infinity, -Infinity] as const).map(
    (ord): Case => ({
      kernel: 'Sum',
      title: `norm ${ord}`,
      inputs: [distinct([3, 4])],
      run: (tf, x) => tf.norm(x!, ord, 1),
      gradient: 'differences',
    }),
  ),
];

export const reductions: Case[] = [...REDUCTIONS.flatMap(casesOf), ...argumentCases, ...scans, ...composed];
