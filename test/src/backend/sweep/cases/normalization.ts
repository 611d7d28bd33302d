import type { Tensor4D } from '@tensorflow/tfjs-core';
import { type Case, float, type Numbers, spiked } from '../case.ts';
import { at, build, map, reduce, zip } from '../numbers.ts';

const EPSILON = 1e-3;

const normalized = (
  x: Numbers,
  mean: Numbers,
  variance: Numbers,
  offset?: Numbers,
  scale?: Numbers,
): Numbers =>
  build(x.shape, (index) => {
    const value = (at(x, index) - at(mean, index)) / Math.sqrt(at(variance, index) + EPSILON);
    return value * (scale ? at(scale, index) : 1) + (offset ? at(offset, index) : 0);
  });

const batchNorms: Case[] = [
  [3, 2],
  [1, 5],
  [7, 1],
  [2, 3, 4],
  [2, 3, 3, 5],
  [0, 3],
].flatMap((shape) =>
  [[], ['offset'], ['scale'], ['offset', 'scale']].map((parts): Case => {
    const channels = [shape.at(-1)!];
    const pick = (rest: readonly unknown[], name: string): number =>
      parts.includes(name) ? parts.indexOf(name) : rest.length;
    return {
      kernel: 'FusedBatchNorm',
      title: `[${shape}] ${parts.join(' and ')}`,
      inputs: [float(shape), float(channels), float(channels, 0.2, 2), ...parts.map(() => float(channels))],
      run: (tf, x, mean, variance, ...rest) =>
        tf.batchNorm(
          x!,
          mean as never,
          variance as never,
          rest[pick(rest, 'offset')] as never,
          rest[pick(rest, 'scale')] as never,
          EPSILON,
        ),
      reference: (x, mean, variance, ...rest) =>
        normalized(x, mean, variance, rest[pick(rest, 'offset')], rest[pick(rest, 'scale')]),
      gradient: shape.includes(0) ? undefined : 'differences',
    };
  }),
);
const spikedBatchNorm: Case = {
  kernel: 'FusedBatchNorm',
  title: 'with NaN and infinities',
  inputs: [spiked(float([4, 5]), 6), float([5]), float([5], 0.2, 2)],
  run: (tf, x, mean, variance) =>
    tf.batchNorm(x!, mean as never, variance as never, undefined, undefined, EPSILON),
  reference: (x, mean, variance) => normalized(x, mean, variance),
};

/** x / (bias + alpha · sum of squares over the channels near) ** beta. */
function localResponse(x: Numbers, radius: number, bias: number, alpha: number, beta: number): Numbers {
  const depth = x.shape.at(-1)!;
  return build(x.shape, (index) => {
    const channel = index.at(-1)!;
    let squares = 0;
    for (let c = Math.max(0, channel - radius); c <= Math.min(depth - 1, channel + radius); c++) {
      squares += at(x, index.with(-1, c)) ** 2;
    }
    return at(x, index) / (bias + alpha * squares) ** beta;
  });
}
const localResponses: Case[] = (
  [
    [[1, 2, 2, 3], 1, 1, 0.5, 0.75],
    [[2, 3, 2, 7], 2, 0.8, 0.3, 0.5],
    [[1, 1, 1, 1], 5, 1, 1, 0.5],
    [[2, 2, 2, 4], 5, 1, 1, 0.5],
  ] as const
).map(([shape, radius, bias, alpha, beta]) => ({
  kernel: 'LRN',
  title: `[${shape}] ${[radius, bias, alpha, beta]}`,
  inputs: [float(shape)],
  run: (tf, x) => tf.localResponseNormalization(x as Tensor4D, radius, bias, alpha, beta),
  reference: (x) => localResponse(x, radius, bias, alpha, beta),
  gradient: 'differences' as const,
}));

const last = (x: Numbers): number[] => [x.shape.length - 1];
const total = (values: number[]): number => values.reduce((a, b) => a + b, 0);
function softmax(x: Numbers): Numbers {
  const highest = reduce(x, last(x), true, (row) => Math.max(...row));
  const powers = map(
    zip(x, highest, (a, b) => a - b),
    Math.exp,
  );
  return zip(powers, reduce(powers, last(x), true, total), (a, b) => a / b);
}

const SHAPES: readonly number[][] = [[1], [5], [3, 4], [2, 3, 5], [1, 1], [0, 3], [9, 33]];
const softmaxes: Case[] = SHAPES.flatMap((shape): Case[] => [
  {
    kernel: 'Softmax',
    title: `[${shape}]`,
    inputs: [float(shape, -5, 5)],
    run: (tf, x) => tf.softmax(x!),
    reference: softmax,
    gradient: 'differences',
  },
  {
    kernel: 'LogSoftmax',
    title: `[${shape}]`,
    inputs: [float(shape, -5, 5)],
    run: (tf, x) => tf.logSoftmax(x!),
    reference: (x) => map(softmax(x), Math.log),
    gradient: 'differences',
  },
]);
const extremes: Case[] = [
  {
    kernel: 'Softmax',
    title: 'of large numbers',
    inputs: [float([3, 4], -1000, 1000)],
    run: (tf, x) => tf.softmax(x!),
    reference: softmax,
  },
  {
    kernel: 'Softmax',
    title: 'with NaN',
    inputs: [spiked(float([3, 4]), 6, [NaN])],
    run: (tf, x) => tf.softmax(x!),
    reference: softmax,
  },
  {
    kernel: 'Softmax',
    title: 'cross-entropy',
    inputs: [float([3, 4], 0, 1), float([3, 4])],
    run: (tf, labels, logits) => tf.losses.softmaxCrossEntropy(labels!, logits!),
  },
];

export const normalizations: Case[] = [
  ...batchNorms,
  spikedBatchNorm,
  ...localResponses,
  ...softmaxes,
  ...extremes,
];
