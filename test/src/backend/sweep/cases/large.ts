import type { Tensor4D } from '@tensorflow/tfjs-core';
import { type Case, distinct, float, int, type Tensor, type Tf } from '../case.ts';

/** Sums of many terms differ in their last digits by the order in which they are taken. */
const TOLERANCE = 5e-5;

const IMAGE = [2, 9, 11, 17];
const IDS = [300];

/** Sizes that fill the blocks of vectorized kernels and leave remainders, forward and back. */
const LARGE: readonly (readonly [string, number[][], (tf: Tf, ...x: Tensor[]) => Tensor])[] = [
  [
    'BatchMatMul',
    [
      [70, 65],
      [65, 33],
    ],
    (tf, a, b) => tf.matMul(a!, b!),
  ],
  [
    'BatchMatMul',
    [
      [65, 70],
      [65, 33],
    ],
    (tf, a, b) => tf.matMul(a!, b!, true),
  ],
  [
    'BatchMatMul',
    [
      [70, 65],
      [33, 65],
    ],
    (tf, a, b) => tf.matMul(a!, b!, false, true),
  ],
  [
    'BatchMatMul',
    [
      [65, 70],
      [33, 65],
    ],
    (tf, a, b) => tf.matMul(a!, b!, true, true),
  ],
  [
    'BatchMatMul',
    [
      [3, 40, 21],
      [3, 21, 37],
    ],
    (tf, a, b) => tf.matMul(a!, b!),
  ],
  [
    'Einsum',
    [
      [6, 31, 20],
      [6, 33, 20],
    ],
    (tf, a, b) => tf.einsum('bid,bjd->bij', a!, b!),
  ],
  ['Conv2D', [IMAGE, [3, 3, 17, 19]], (tf, x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, 1, 'same')],
  ['Conv2D', [IMAGE, [3, 3, 17, 19]], (tf, x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, 2, 'valid')],
  ['Conv2D', [IMAGE, [1, 1, 17, 33]], (tf, x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, 1, 'same')],
  [
    'DepthwiseConv2dNative',
    [IMAGE, [3, 3, 17, 1]],
    (tf, x, w) => tf.depthwiseConv2d(x as Tensor4D, w as Tensor4D, 1, 'same'),
  ],
  [
    'DepthwiseConv2dNative',
    [IMAGE, [3, 3, 17, 2]],
    (tf, x, w) => tf.depthwiseConv2d(x as Tensor4D, w as Tensor4D, 2, 'same'),
  ],
  ['AvgPool', [IMAGE], (tf, x) => tf.avgPool(x as Tensor4D, 3, 2, 'same')],
  ['MaxPool', [IMAGE], (tf, x) => tf.maxPool(x as Tensor4D, 3, 2, 'same')],
  ['Softmax', [[65, 37]], (tf, x) => tf.softmax(x!)],
  ['Sum', [[37, 65]], (tf, x) => tf.sum(x!, 0)],
  ['Mean', [[37, 65]], (tf, x) => tf.mean(x!, 1)],
  ['Tanh', [[1037]], (tf, x) => tf.tanh(x!)],
  ['Sigmoid', [[1037]], (tf, x) => tf.sigmoid(x!)],
  ['Transpose', [[37, 65]], (tf, x) => tf.transpose(x!)],
];

export const large: Case[] = [
  ...LARGE.map(
    ([kernel, shapes, run], i): Case => ({
      kernel,
      title: `large ${shapes.map((shape) => `[${shape}]`).join(' ')} number ${i}`,
      inputs: shapes.map((shape) => (kernel === 'MaxPool' ? distinct(shape) : float(shape))),
      run,
      gradient: 'agree',
      tolerance: TOLERANCE,
    }),
  ),
  {
    kernel: 'GatherV2',
    title: 'large: an embedding of 300 of 50 words',
    inputs: [float([50, 33]), int(IDS, 0, 49)],
    run: (tf, table, ids) => tf.gather(table!, ids!),
    gradient: 'agree',
  },
  ...[1000, 1024, 1021].map(
    (n): Case => ({
      kernel: 'FFT',
      title: `large: back from the transform of ${n}`,
      inputs: [float([2, n])],
      run: (tf, x) => tf.real(tf.ifft(tf.fft(tf.complex(x!, tf.zerosLike(x!))))),
      reference: (x) => x,
    }),
  ),
];
