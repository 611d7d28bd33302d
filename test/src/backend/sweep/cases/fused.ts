import type { Tensor4D } from '@tensorflow/tfjs-core';
import { type Case, float, given, type Source, spiked } from '../case.ts';
import { at, build } from '../numbers.ts';
import { convolve } from './convolution.ts';

const ACTIVATIONS: Readonly<Record<string, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => (x <= 0 ? 0 : x),
  relu6: (x) => (x <= 0 ? 0 : x > 6 ? 6 : x),
  elu: (x) => (x >= 0 ? x : Math.expm1(x)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  leakyrelu: (x) => (x >= 0 ? x : 0.3 * x),
  prelu: (x) => (x >= 0 ? x : 0.25 * x),
};

interface Fused {
  readonly activation: string;
  readonly bias: boolean;
  readonly stride: number;
  readonly pad: 'same' | 'valid';
  readonly filter: number[];
  readonly spikes?: boolean;
}

function fusedCase(kernel: 'FusedConv2D' | 'FusedDepthwiseConv2D', one: Fused): Case {
  const { activation, bias, stride, pad, filter, spikes } = one;
  const depthwise = kernel === 'FusedDepthwiseConv2D';
  const channels = depthwise ? filter[2]! * filter[3]! : filter[3]!;
  const alpha: Source = given(new Array(channels).fill(0.25));
  const x: Source = float([2, 5, 4, filter[2]!]);
  const f = ACTIVATIONS[activation]!;
  const prelu = activation === 'prelu';
  return {
    kernel,
    title: `[${filter}] ${activation} stride ${stride} ${pad}${bias ? ' bias' : ''}${spikes ? ' with NaN' : ''}`,
    inputs: [
      spikes ? spiked(x, 11) : x,
      float(filter),
      ...(bias ? [float([channels])] : []),
      ...(prelu ? [alpha] : []),
    ],
    run: (tf, image, weights, ...rest) => {
      const given = {
        x: image as Tensor4D,
        filter: weights as Tensor4D,
        strides: stride,
        pad,
        activation: activation as 'relu',
        leakyreluAlpha: 0.3,
        ...(bias && { bias: rest[0]! }),
        ...(prelu && { preluActivationWeights: rest.at(-1)! }),
      };
      return depthwise ? tf.fused.depthwiseConv2d(given) : tf.fused.conv2d(given);
    },
    reference: (image, weights, ...rest) => {
      const result = convolve(image, weights, { strides: [stride, stride], pad }, depthwise);
      return build(result.shape, (index) => f(at(result, index) + (bias ? at(rest[0]!, index) : 0)));
    },
    native: prelu && spikes ? 'the slope of an infinity is the difference of two' : undefined,
    gradient: !spikes ? 'differences' : undefined,
  };
}

const CHOICES: readonly Omit<Fused, 'activation' | 'filter'>[] = [
  { bias: false, stride: 1, pad: 'valid' },
  { bias: true, stride: 1, pad: 'same' },
  { bias: true, stride: 2, pad: 'same' },
  { bias: true, stride: 1, pad: 'same', spikes: true },
];

export const fused: Case[] = (['FusedConv2D', 'FusedDepthwiseConv2D'] as const).flatMap((kernel) =>
  Object.keys(ACTIVATIONS).flatMap((activation) =>
    CHOICES.flatMap((choice) => [
      fusedCase(kernel, { ...choice, activation, filter: [3, 2, 2, 2] }),
      fusedCase(kernel, { ...choice, activation, filter: [1, 1, 3, 2] }),
    ]),
  ),
);
