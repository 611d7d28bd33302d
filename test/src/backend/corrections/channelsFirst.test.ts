import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';

/** Values from -1 to 1 that no symmetry hides. */
const values = (shape: number[]): tf.Tensor =>
  tf.sin(tf.mul(tf.range(0, tf.util.sizeFromShape(shape)), 2.3)).reshape(shape);

const padding = [
  [0, 0],
  [0, 0],
  [1, 0],
  [2, 1],
] as [[number, number], [number, number], [number, number], [number, number]];

onBackends('a convolution of images with their channels first', () => {
  // Stock wasm throws: "wasm backend Conv2D does not support dataFormat:'channelsFirst'".
  test.each([
    { pad: 'same', strides: 1, dilations: 1 },
    { pad: 'valid', strides: [2, 1], dilations: 1 },
    { pad: 'valid', strides: 1, dilations: [1, 2] },
    { pad: padding, strides: 1, dilations: 1 },
  ] as const)('equals that with channels last: %j', ({ pad, strides, dilations }) => {
    const [first, last] = tf.tidy(() => {
      const x = values([2, 3, 5, 6]) as tf.Tensor4D;
      const filter = values([2, 3, 3, 4]) as tf.Tensor4D;
      const conv = (images: tf.Tensor4D, format: 'NCHW' | 'NHWC', around: typeof pad | typeof padding) =>
        tf.conv2d(images, filter, strides as number, around as 'same', format, dilations as number);
      const lastPad = Array.isArray(pad) ? ([pad[0], pad[2], pad[3], pad[1]] as typeof padding) : pad;
      const reference = conv(tf.transpose(x, [0, 2, 3, 1]), 'NHWC', lastPad);
      return [conv(x, 'NCHW', pad), tf.transpose(reference, [0, 3, 1, 2])];
    }) as [tf.Tensor, tf.Tensor];
    expect(first.shape).toEqual(last.shape);
    expectClose(read(first), read(last));
  });
});
