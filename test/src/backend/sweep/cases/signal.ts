import type { Tensor1D } from '@tensorflow/tfjs-core';
import {
  type Case,
  float,
  given,
  type Numbers,
  type Plain,
  type Source,
  type Tensor,
  type Tf,
} from '../case.ts';

const complexOf =
  (shape: readonly number[]): Source =>
  (random): Plain => {
    const { values } = float([...shape, 2])(random);
    return { shape, dtype: 'complex64', values };
  };

/** The discrete Fourier transform of each row, by its definition. */
function transformed(x: Numbers, inverse: boolean): Numbers {
  const n = x.shape.at(-1)!;
  const values: number[] = [];
  for (let row = 0; row < x.values.length / 2 / Math.max(1, n); row++) {
    for (let k = 0; k < n; k++) {
      let [re, im] = [0, 0];
      for (let j = 0; j < n; j++) {
        const angle = ((inverse ? 2 : -2) * Math.PI * j * k) / n;
        const [a, b] = [x.values[2 * (row * n + j)]!, x.values[2 * (row * n + j) + 1]!];
        re += a * Math.cos(angle) - b * Math.sin(angle);
        im += a * Math.sin(angle) + b * Math.cos(angle);
      }
      values.push(inverse ? re / n : re, inverse ? im / n : im);
    }
  }
  return { shape: x.shape, values };
}

const LENGTHS = [[1], [2], [3], [8], [7], [12], [2, 5], [3, 16], [2, 2, 6], [64], [97], [0, 4]];
const transforms: Case[] = LENGTHS.flatMap((shape): Case[] =>
  [false, true].map((inverse) => ({
    kernel: inverse ? 'IFFT' : 'FFT',
    title: `[${shape}]`,
    inputs: [complexOf(shape)],
    run: (tf, x) => (inverse ? tf.ifft(x!) : tf.fft(x!)),
    reference: (x) => transformed(x, inverse),
    tolerance: 2e-5,
  })),
);

const composed: Case[] = [
  ...[4, 5, 6].flatMap((n): Case[] => [
    {
      kernel: 'FFT',
      title: `rfft of ${n}`,
      inputs: [float([2, n])],
      gradient: 'differences',
      run: (tf, x) => tf.rfft(x!),
    },
    {
      kernel: 'IFFT',
      title: `of irfft ${n}`,
      inputs: [complexOf([2, n])],
      run: (tf, x) => tf.irfft(x!),
    },
  ]),
  ...[5, 8].flatMap((n): Case[] =>
    ['FFT', 'IFFT'].map((kernel) => ({
      kernel,
      title: `of parts of ${n}`,
      inputs: [float([2, n]), float([2, n])],
      run: (tf, re, im) => (kernel === 'FFT' ? tf.fft : tf.ifft)(tf.complex(re!, im!)),
      gradient: 'differences',
    })),
  ),
  {
    kernel: 'FFT',
    title: 'rfft padded',
    inputs: [float([5])],
    gradient: 'differences',
    run: (tf, x) => tf.rfft(x!, 8),
  },
  {
    kernel: 'FFT',
    title: 'rfft cut',
    inputs: [float([9])],
    gradient: 'differences',
    run: (tf, x) => tf.rfft(x!, 4),
  },
  {
    kernel: 'FFT',
    title: 'stft',
    inputs: [float([32])],
    // Its window is made of single precision, which is none where doubles stand for floats.
    gradient: 'agree',
    run: (tf, x) => tf.signal.stft(x as Tensor1D, 8, 4),
  },
];

const parts: Case[] = [[], [3], [2, 3], [0]].flatMap((shape): Case[] => [
  {
    kernel: 'ComplexAbs',
    title: `of parts [${shape}]`,
    inputs: [float(shape), float(shape)],
    run: (tf, re, im) => tf.abs(tf.complex(re!, im!)),
    gradient: 'differences',
  },
  {
    kernel: 'Complex',
    title: `[${shape}]`,
    inputs: [float(shape), float(shape)],
    run: (tf, re, im) => tf.complex(re!, im!),
    reference: (re, im) => ({ shape, values: re.values.flatMap((value, i) => [value, im.values[i]!]) }),
  },
  {
    kernel: 'Real',
    title: `[${shape}]`,
    inputs: [complexOf(shape)],
    run: (tf, x) => tf.real(x!),
    reference: (x) => ({ shape, values: x.values.filter((_, i) => i % 2 === 0) }),
  },
  {
    kernel: 'Imag',
    title: `[${shape}]`,
    inputs: [complexOf(shape)],
    run: (tf, x) => tf.imag(x!),
    reference: (x) => ({ shape, values: x.values.filter((_, i) => i % 2 === 1) }),
  },
  {
    kernel: 'ComplexAbs',
    title: `[${shape}]`,
    inputs: [complexOf(shape)],
    run: (tf, x) => tf.abs(x!),
    reference: (x) => ({
      shape,
      values: x.values.flatMap((re, i) => (i % 2 === 0 ? [Math.hypot(re, x.values[i + 1]!)] : [])),
    }),
  },
]);

type Pair = (a: number, b: number, c: number, d: number) => readonly [number, number];
const pairs = (x: Numbers, y: Numbers, f: Pair): Numbers => {
  const values: number[] = [];
  for (let i = 0; i < x.values.length; i += 2) {
    values.push(...f(x.values[i]!, x.values[i + 1]!, y.values[i]!, y.values[i + 1]!));
  }
  return { shape: x.shape, values };
};
const arithmetic: Case[] = (
  [
    ['Add', (tf, x, y) => tf.add(x, y), (a, b, c, d) => [a + c, b + d]],
    ['Sub', (tf, x, y) => tf.sub(x, y), (a, b, c, d) => [a - c, b - d]],
    ['Multiply', (tf, x, y) => tf.mul(x, y), (a, b, c, d) => [a * c - b * d, a * d + b * c]],
  ] as [string, (tf: Tf, x: Tensor, y: Tensor) => Tensor, Pair][]
).map(([kernel, run, f]) => ({
  kernel,
  title: 'complex64',
  inputs: [complexOf([2, 3]), complexOf([2, 3])],
  run: (tf, x, y) => run(tf, x!, y!),
  reference: (x, y) => pairs(x, y, f),
}));
const broadcast: Case[] = [
  {
    kernel: 'Multiply',
    title: 'complex64 broadcast',
    inputs: [complexOf([2, 3]), complexOf([3])],
    run: (tf, x, y) => tf.mul(x!, y!),
  },
  {
    kernel: 'Multiply',
    title: 'complex64 after a reshape',
    inputs: [complexOf([2, 3]), complexOf([2])],
    run: (tf, x, y) => tf.mul(tf.reshape(x!, [3, 2]), y!),
  },
  {
    kernel: 'Multiply',
    title: 'complex64 by float32',
    inputs: [complexOf([2, 3]), float([2, 3])],
    run: (tf, x, y) => tf.mul(x!, y!),
  },
];

/** What tfjs has for real numbers only. */
const REAL_ONLY = ['BatchMatMul', 'Square', 'RealDiv', 'Exp', 'Select'];

const moved: Case[] = (
  [
    ['Identity', (tf, x) => tf.clone(x)],
    ['Reshape', (tf, x) => tf.reshape(x, [3, 2])],
    ['ExpandDims', (tf, x) => tf.expandDims(x, 1)],
    ['Concat', (tf, x) => tf.concat([x, x], 1)],
    ['Slice', (tf, x) => tf.slice(x, [0, 1], [2, 2])],
    ['Transpose', (tf, x) => tf.transpose(x)],
    ['Reverse', (tf, x) => tf.reverse(x, 1)],
    ['ZerosLike', (tf, x) => tf.zerosLike(x)],
    ['OnesLike', (tf, x) => tf.onesLike(x)],
    ['Cast', (tf, x) => tf.cast(x, 'float32')],
    ['SplitV', (tf, x) => tf.split(x, 3, 1)],
    ['Unpack', (tf, x) => tf.unstack(x, 0)],
    ['Pack', (tf, x) => tf.stack([x, x])],
    [
      'PadV2',
      (tf, x) =>
        tf.pad(x, [
          [0, 1],
          [1, 0],
        ]),
    ],
    ['Tile', (tf, x) => tf.tile(x, [1, 2])],
    ['GatherV2', (tf, x) => tf.gather(x, [1, 0], 1)],
    ['Neg', (tf, x) => tf.neg(x)],
    ['Sum', (tf, x) => tf.sum(x, 1)],
    ['BatchMatMul', (tf, x) => tf.matMul(x, x, false, true)],
    ['Square', (tf, x) => tf.square(x)],
    ['RealDiv', (tf, x) => tf.div(x, x)],
    ['Exp', (tf, x) => tf.exp(x)],
    ['Select', (tf, x) => tf.where(tf.ones(x.shape, 'bool'), x, x)],
  ] as [string, (tf: Tf, x: Tensor) => Tensor | Tensor[]][]
).map(([kernel, run]) => ({
  kernel,
  title: 'complex64',
  inputs: [complexOf([2, 3])],
  run: (tf, x) => run(tf, x!),
  throws: REAL_ONLY.includes(kernel),
  native: REAL_ONLY.includes(kernel) ? 'complex numbers are taken' : undefined,
}));
const cast: Case = {
  kernel: 'Cast',
  title: 'float32 to complex64',
  inputs: [float([2, 3])],
  run: (tf, x) => tf.cast(x!, 'complex64'),
  reference: (x) => ({ shape: x.shape, values: x.values.flatMap((value) => [value, 0]) }),
};
const special: Case = {
  kernel: 'ComplexAbs',
  title: 'of infinities and large numbers',
  inputs: [given([3e30, 4e30, Infinity, 1, 0, 0, -3, 4], [4], 'complex64')],
  run: (tf, x) => tf.abs(x!),
  reference: () => ({ shape: [4], values: [5e30, Infinity, 0, 5].map(Math.fround) }),
};

export const signals: Case[] = [
  ...transforms,
  ...composed,
  ...parts,
  ...arithmetic,
  ...broadcast,
  ...moved,
  cast,
  special,
];
