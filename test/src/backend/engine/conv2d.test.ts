import { expect, test } from 'vitest';
import { backend, tf } from '../../../../src/backend/index.ts';
import { expectClose, gradients } from '../../support.ts';
import { expectAsOnCpu, numbers } from './support.ts';

type Pad = 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];
type Shape = [number, number, number, number];
type Pair = number | [number, number];

const EXPLICIT: Pad = [
  [0, 0],
  [2, 1],
  [0, 3],
  [0, 0],
];

interface Case {
  readonly x: Shape;
  readonly filter: Shape;
  readonly strides?: Pair;
  readonly pad?: Pad;
  readonly dilations?: Pair;
}

const cases: Case[] = [
  { x: [1, 1, 1, 1], filter: [1, 1, 1, 1] },
  { x: [2, 5, 6, 3], filter: [3, 3, 3, 4] },
  { x: [2, 5, 6, 3], filter: [3, 3, 3, 4], pad: 'valid' },
  { x: [2, 5, 6, 3], filter: [3, 2, 3, 10], pad: EXPLICIT },
  { x: [1, 9, 8, 2], filter: [3, 3, 2, 5], strides: 2 },
  { x: [1, 9, 8, 2], filter: [3, 3, 2, 5], strides: 2, pad: 'valid' },
  { x: [2, 9, 7, 2], filter: [2, 4, 2, 3], strides: [3, 2], pad: EXPLICIT },
  { x: [2, 9, 9, 4], filter: [1, 1, 4, 8], strides: 2 },
  { x: [2, 6, 6, 16], filter: [1, 1, 16, 9] },
  // Rows of 256 floats are copied apart, also for one tap.
  { x: [1, 3, 5, 256], filter: [1, 1, 256, 8] },
  { x: [1, 4, 4, 3], filter: [5, 5, 3, 2] },
  { x: [1, 7, 1, 3], filter: [3, 1, 3, 4], strides: [1, 2] },
  // Several blocks of patches, and of their length.
  { x: [3, 12, 12, 40], filter: [3, 3, 40, 12] },
];

const dilated: Case[] = [
  { x: [2, 9, 8, 3], filter: [3, 3, 3, 4], dilations: 2 },
  { x: [1, 9, 11, 3], filter: [2, 3, 3, 4], dilations: [3, 2], pad: 'valid' },
  { x: [1, 9, 11, 1], filter: [2, 3, 1, 4], dilations: [1, 4], pad: EXPLICIT },
];

const first = ([batch, height, width, channels]: Shape): Shape => [batch, channels, height, width];
const firstPad = (pad: Pad): Pad => (typeof pad === 'string' ? pad : [pad[0], pad[3], pad[1], pad[2]]);

test.each([...cases, ...dilated])(
  'conv2d %j',
  async ({ x, filter, strides = 1, pad = 'same', dilations = 1 }) => {
    await expectAsOnCpu(() => {
      const weights = numbers(filter, 2) as tf.Tensor4D;
      return [
        tf.conv2d(numbers(x, 1) as tf.Tensor4D, weights, strides, pad, 'NHWC', dilations),
        // Stock wasm throws.
        tf.conv2d(numbers(first(x), 1) as tf.Tensor4D, weights, strides, firstPad(pad), 'NCHW', dilations),
      ];
    }, 1e-4);
  },
);

// Stock wasm has no gradient of the filter.
test.each(cases)('gradients of conv2d %j', async ({ x, filter, strides = 1, pad = 'same' }) => {
  for (const format of ['NHWC', 'NCHW'] as const) {
    await expectAsOnCpu(() => {
      const isLast = format === 'NHWC';
      const images = numbers(isLast ? x : first(x), 1) as tf.Tensor4D;
      const weights = numbers(filter, 2) as tf.Tensor4D;
      const y = (a: tf.Tensor4D, b: tf.Tensor4D) =>
        tf.conv2d(a, b, strides, isLast ? pad : firstPad(pad), format);
      const dy = numbers(y(images, weights).shape, 3);
      return tf.grads((a, b) => y(a as tf.Tensor4D, b as tf.Tensor4D))([images, weights], dy);
    }, 2e-4);
  }
});

test('gradients are those of finite differences', async () => {
  await backend.use('wasm');
  const values = [0.3, -1.2, 0.7, 2, -0.4, 1.1, -0.9, 0.2, 1.5, -2, 0.6, 0.1];
  const other = numbers([2, 2, 1, 3], 5) as tf.Tensor4D;
  const dy = numbers([1, 3, 4, 3], 6);
  const ofX = gradients(
    (x) =>
      tf
        .conv2d(x as tf.Tensor4D, other, 1, 'same')
        .mul(dy)
        .sum(),
    values,
    [1, 3, 4, 1],
  );
  expectClose(ofX.exact, ofX.differences, 1e-3);
  const image = numbers([1, 3, 4, 1], 7) as tf.Tensor4D;
  const ofFilter = gradients(
    (w) =>
      tf
        .conv2d(image, w as tf.Tensor4D, 1, 'same')
        .mul(dy)
        .sum(),
    values,
    [2, 2, 1, 3],
  );
  expectClose(ofFilter.exact, ofFilter.differences, 1e-3);
  tf.dispose([other, dy, image]);
});

test('conv2dTranspose', async () => {
  await expectAsOnCpu(() =>
    tf.conv2dTranspose(
      numbers([2, 4, 5, 3], 1) as tf.Tensor4D,
      numbers([3, 3, 6, 3], 2) as tf.Tensor4D,
      [2, 8, 10, 6],
      2,
      'same',
    ),
  );
});

test.each(['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu', 'prelu'] as const)(
  'fused with a bias and %s',
  async (activation) => {
    for (const dataFormat of ['NHWC', 'NCHW'] as const) {
      for (const channels of [6, 8]) {
        await expectAsOnCpu(() => {
          const x: Shape = [2, 5, 4, 3];
          return tf.fused.conv2d({
            x: numbers(dataFormat === 'NHWC' ? x : first(x), 1) as tf.Tensor4D,
            filter: numbers([3, 3, 3, channels], 2) as tf.Tensor4D,
            strides: 1,
            pad: 'same',
            dataFormat,
            bias: numbers([channels], 3) as tf.Tensor1D,
            activation,
            leakyreluAlpha: 0.1,
            preluActivationWeights: numbers([channels], 4),
          });
        });
      }
    }
  },
);

test('gradients of the fused convolution', async () => {
  await expectAsOnCpu(() => {
    const [x, filter, bias] = [numbers([2, 5, 4, 3], 1), numbers([3, 3, 3, 6], 2), numbers([6], 3)];
    const f = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor): tf.Tensor =>
      tf.fused
        .conv2d<tf.Tensor4D>({
          x: a as tf.Tensor4D,
          filter: b as tf.Tensor4D,
          strides: 2,
          pad: 'same',
          bias: c as tf.Tensor1D,
          activation: 'relu',
        })
        .mul(numbers([2, 3, 2, 6], 4))
        .sum();
    return tf.grads(f)([x, filter, bias] as tf.Tensor[]);
  });
});

test('NaN and infinities reach what they touch, and no more', async () => {
  await expectAsOnCpu(() => {
    const x = tf.buffer([1, 4, 4, 1]);
    x.set(Number.NaN, 0, 0, 0, 0);
    x.set(Infinity, 0, 3, 3, 0);
    return tf.conv2d(x.toTensor() as tf.Tensor4D, tf.ones([2, 2, 1, 3]), 1, 'same');
  });
});

test('no images, and no channels', async () => {
  await expectAsOnCpu(() => [
    tf.conv2d(tf.zeros<tf.Rank.R4>([0, 4, 4, 2]), tf.ones([3, 3, 2, 5]), 1, 'same'),
    tf.conv2d(tf.zeros<tf.Rank.R4>([2, 4, 4, 2]), tf.ones([3, 3, 2, 0]), 1, 'same'),
  ]);
});

// XNNPACK keeps the filter it was given first under the number of its tensor.
test('weights changed in place count', async () => {
  await backend.use('wasm');
  const [before, after] = tf.tidy(() => {
    const filter = tf.ones([1, 1, 1, 1]) as tf.Tensor4D;
    const x = tf.ones([1, 1, 1, 1]) as tf.Tensor4D;
    const one = tf.conv2d(x, filter, 1, 'same').dataSync()[0];
    const wasm = tf.backend() as unknown as { typedArrayFromHeap(x: tf.Tensor): Float32Array };
    wasm.typedArrayFromHeap(filter)[0] = 5;
    return [one, tf.conv2d(x, filter, 1, 'same').dataSync()[0]];
  });
  expect([before, after]).toEqual([1, 5]);
});
