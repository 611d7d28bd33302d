import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { expectClose, onBackends, read } from '../../support.ts';

const values = (shape: number[]): tf.Tensor =>
  tf.sin(tf.mul(tf.range(0, tf.util.sizeFromShape(shape)), 2.3)).reshape(shape);

const ACTIVATIONS = {
  linear: (x: tf.Tensor) => x,
  relu: (x: tf.Tensor) => tf.relu(x),
  relu6: (x: tf.Tensor) => tf.relu6(x),
  elu: (x: tf.Tensor) => tf.elu(x),
  sigmoid: (x: tf.Tensor) => tf.sigmoid(x),
  leakyrelu: (x: tf.Tensor) => tf.leakyRelu(x, 0.3),
} as const;
type Activation = keyof typeof ACTIVATIONS;

onBackends('a fused convolution', () => {
  // Stock wasm throws: "FusedConv2D only supports rank-1 bias but got rank 0".
  test.each(Object.keys(ACTIVATIONS) as Activation[])('adds a bias of any shape before %s', (activation) => {
    for (const shape of [[], [1], [4], [1, 1, 1, 4], [1, 3, 1, 1]]) {
      const [fused, apart] = tf.tidy(() => {
        const x = values([2, 4, 5, 3]) as tf.Tensor4D;
        const filter = values([2, 2, 3, 4]) as tf.Tensor4D;
        const bias = values(shape).add(0.1);
        const options = { x, filter, strides: 1, pad: 'valid' as const, bias, activation };
        return [
          tf.fused.conv2d({ ...options, leakyreluAlpha: 0.3 }),
          ACTIVATIONS[activation](tf.add(tf.conv2d(x, filter, 1, 'valid'), bias)),
        ];
      }) as [tf.Tensor, tf.Tensor];
      expect(fused.shape).toEqual([2, 3, 4, 4]);
      expectClose(read(fused), read(apart));
    }
  });

  test('of each channel apart takes them too', () => {
    const [fused, apart] = tf.tidy(() => {
      const x = values([2, 4, 5, 3]) as tf.Tensor4D;
      const filter = values([2, 2, 3, 1]) as tf.Tensor4D;
      const bias = tf.scalar(0.5);
      return [
        tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'valid', bias, activation: 'relu' }),
        tf.relu(tf.add(tf.depthwiseConv2d(x, filter, 1, 'valid'), bias)),
      ];
    }) as [tf.Tensor, tf.Tensor];
    expectClose(read(fused), read(apart));
  });
});
