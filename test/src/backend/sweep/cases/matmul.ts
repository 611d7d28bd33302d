import type { Tensor1D } from '@tensorflow/tfjs-core';
import { type Case, float, int, type Numbers, type Source, spiked } from '../case.ts';
import { at, build } from '../numbers.ts';

type Activation = 'linear' | 'relu' | 'relu6' | 'elu' | 'sigmoid' | 'leakyrelu' | 'prelu';

/** The product of the last two axes, earlier ones broadcast. */
function product(a: Numbers, b: Numbers, transposeA = false, transposeB = false): Numbers {
  const rank = Math.max(a.shape.length, b.shape.length);
  const lead = Array.from({ length: rank - 2 }, (_, i) =>
    Math.max(a.shape[i - rank + a.shape.length] ?? 1, b.shape[i - rank + b.shape.length] ?? 1),
  );
  const [m, k] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!];
  const n = transposeB ? b.shape.at(-2)! : b.shape.at(-1)!;
  return build([...lead, m, n], (index) => {
    const batch = index.slice(0, -2);
    const [row, column] = index.slice(-2) as [number, number];
    let sum = 0;
    for (let i = 0; i < k; i++) {
      const left = transposeA ? [i, row] : [row, i];
      const right = transposeB ? [column, i] : [i, column];
      sum += at(a, [...batch, ...left]) * at(b, [...batch, ...right]);
    }
    return sum;
  });
}

const swapped = (shape: readonly number[], transposed: boolean): number[] =>
  transposed ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : [...shape];

const SHAPES: readonly (readonly [number[], number[]])[] = [
  [
    [1, 1],
    [1, 1],
  ],
  [
    [2, 3],
    [3, 4],
  ],
  [
    [5, 7],
    [7, 3],
  ],
  [
    [1, 9],
    [9, 1],
  ],
  [
    [17, 5],
    [5, 19],
  ],
  [
    [0, 3],
    [3, 2],
  ],
  [
    [2, 0],
    [0, 3],
  ],
  [
    [2, 3, 4],
    [2, 4, 5],
  ],
  [
    [3, 2, 2],
    [1, 2, 3],
  ],
  [
    [1, 2, 2],
    [3, 2, 3],
  ],
  [
    [2, 1, 3, 2],
    [1, 2, 2, 2],
  ],
];

const TRANSPOSITIONS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

const how = (a: boolean, b: boolean): string =>
  `${a ? 'a transposed ' : ''}${b ? 'b transposed' : ''}`.trim();

const plain: Case[] = SHAPES.flatMap(([a, b]) =>
  TRANSPOSITIONS.flatMap(([ta, tb]) =>
    (['float32', 'int32'] as const).map(
      (kind): Case => ({
        kernel: 'BatchMatMul',
        title: `${kind} [${a}] by [${b}] ${how(ta, tb)}`,
        inputs: [swapped(a, ta), swapped(b, tb)].map((shape) =>
          kind === 'int32' ? int(shape) : float(shape),
        ),
        run: (tf, x, y) => tf.matMul(x!, y!, ta, tb),
        reference: (x, y) => product(x, y, ta, tb),
        gradient: kind === 'float32' ? 'differences' : undefined,
      }),
    ),
  ),
);

const special: Case[] = TRANSPOSITIONS.map(([ta, tb]) => ({
  kernel: 'BatchMatMul',
  title: `with NaN and infinities ${how(ta, tb)}`,
  inputs: [spiked(float(swapped([7, 9], ta)), 20), float(swapped([9, 5], tb))],
  run: (tf, x, y) => tf.matMul(x!, y!, ta, tb),
  reference: (x, y) => product(x, y, ta, tb),
}));

const ACTIVATIONS: Readonly<Record<Activation, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => (x <= 0 ? 0 : x),
  relu6: (x) => (x <= 0 ? 0 : x > 6 ? 6 : x),
  elu: (x) => (x >= 0 ? x : Math.expm1(x)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  leakyrelu: (x) => (x >= 0 ? x : 0.3 * x),
  prelu: (x) => (x >= 0 ? x : 0.25 * x),
};

interface Fused {
  readonly a: number[];
  readonly b: number[];
  readonly bias?: number[];
  readonly ta?: boolean;
  readonly tb?: boolean;
  readonly activation: Activation;
  readonly spikes?: boolean;
}

/** With the biases' gradients too, where tfjs has the activation's. */
function fusedCase({ a, b, bias, ta = false, tb = false, activation, spikes = false }: Fused): Case {
  const prelu = activation === 'prelu';
  const weights = (random: () => number) => ({
    ...float([b.at(-1)!])(random),
    values: new Array(b.at(-1)).fill(0.25),
  });
  const hasGradient = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'].includes(activation);
  const first: Source = float(swapped(a, ta));
  return {
    kernel: '_FusedMatMul',
    title: `[${a}] by [${b}] ${bias ? `bias [${bias}] ` : ''}${how(ta, tb)} ${activation}${spikes ? ' with NaN' : ''}`,
    inputs: [
      spikes ? spiked(first, 5) : first,
      float(swapped(b, tb)),
      ...(bias ? [float(bias)] : []),
      ...(prelu ? [weights] : []),
    ],
    run: (tf, x, y, ...rest) =>
      tf.fused.matMul({
        a: x!,
        b: y!,
        transposeA: ta,
        transposeB: tb,
        activation: activation as 'relu',
        leakyreluAlpha: 0.3,
        ...(bias && { bias: rest[0]! }),
        ...(prelu && { preluActivationWeights: rest.at(-1)! }),
      }),
    reference: (x, y, ...rest) => {
      const result = product(x, y, ta, tb);
      const f = ACTIVATIONS[activation];
      return build(result.shape, (index) => f(at(result, index) + (bias ? at(rest[0]!, index) : 0)));
    },
    // Fused without an activation, tfjs's operation does not sum the gradient of matrices that it repeated.
    native: prelu && spikes ? 'the slope of an infinity is the difference of two' : undefined,
    gradient: hasGradient && !spikes && (activation !== 'linear' || b[0] !== 1) ? 'differences' : undefined,
  };
}

const NAMES = Object.keys(ACTIVATIONS) as Activation[];
const fused: Case[] = [
  ...NAMES.flatMap((activation) => [
    fusedCase({ a: [3, 4], b: [4, 5], activation }),
    fusedCase({ a: [3, 4], b: [4, 5], bias: [5], activation }),
    fusedCase({ a: [3, 4], b: [4, 5], bias: [5], activation, spikes: true }),
    fusedCase({ a: [2, 3, 4], b: [2, 4, 5], bias: [5], activation }),
    fusedCase({ a: [2, 3, 4], b: [1, 4, 5], bias: [5], activation }),
  ]),
  ...TRANSPOSITIONS.flatMap(([ta, tb]) => [
    fusedCase({ a: [4, 3], b: [3, 5], bias: [5], ta, tb, activation: 'relu' }),
    fusedCase({ a: [2, 4, 3], b: [2, 3, 5], bias: [5], ta, tb, activation: 'linear' }),
    fusedCase({ a: [2, 3, 4], b: [2, 4, 5], ta, tb, activation: 'elu' }),
    fusedCase({ a: [33, 17], b: [17, 9], bias: [9], ta, tb, activation: 'linear' }),
  ]),
  fusedCase({ a: [3, 4], b: [4, 5], bias: [1, 5], activation: 'linear' }),
  fusedCase({ a: [3, 4], b: [4, 5], bias: [3, 5], activation: 'relu' }),
  fusedCase({ a: [3, 4], b: [4, 5], bias: [], activation: 'linear' }),
  fusedCase({ a: [3, 4], b: [4, 5], bias: [1], activation: 'linear' }),
  fusedCase({ a: [0, 4], b: [4, 5], bias: [5], activation: 'linear' }),
  fusedCase({ a: [2, 0], b: [0, 3], bias: [3], activation: 'linear' }),
];

const dots: readonly (readonly [string, number[], number[]])[] = [
  ['vectors', [4], [4]],
  ['a matrix and a vector', [3, 4], [4]],
  ['a vector and a matrix', [4], [4, 3]],
];
const others: Case[] = [
  ...dots.map(
    ([title, a, b]): Case => ({
      kernel: 'BatchMatMul',
      title: `dot of ${title}`,
      inputs: [float(a), float(b)],
      run: (tf, x, y) => tf.dot(x!, y!),
      gradient: 'differences',
    }),
  ),
  {
    kernel: 'BatchMatMul',
    title: 'outer product',
    inputs: [float([3]), float([4])],
    run: (tf, x, y) => tf.outerProduct(x as Tensor1D, y as Tensor1D),
    gradient: 'differences',
  },
];

export const products: Case[] = [...plain, ...special, ...fused, ...others];
