import {
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
} from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { backend, tf } from '../../../../src/backend/index.ts';
import { expectClose, gradients, read } from '../../support.ts';
import { expectAsOnCpu, numbers } from './support.ts';

type Shape = [number, number, number, number];
type Pair = number | [number, number];

const cases: [x: Shape, filter: Shape, strides: Pair, pad: 'same' | 'valid'][] = [
  [[1, 1, 1, 1], [1, 1, 1, 1], 1, 'same'],
  [[2, 6, 9, 8], [3, 3, 8, 1], 1, 'same'],
  [[2, 6, 9, 7], [3, 3, 7, 1], 1, 'valid'],
  [[1, 9, 12, 6], [3, 5, 6, 1], 2, 'same'],
  [[1, 5, 7, 3], [2, 3, 3, 2], 1, 'same'],
  [[1, 8, 7, 2], [3, 3, 2, 5], [2, 1], 'same'],
  [[0, 4, 4, 2], [3, 3, 2, 1], 1, 'same'],
];

// Stock wasm has neither of the gradients.
test.each(cases)('x %j, filter %j, strides %j, pad %s', async (shape, filterShape, strides, pad) => {
  await expectAsOnCpu(() => {
    const [x, filter] = [numbers(shape, 1) as tf.Tensor4D, numbers(filterShape, 2) as tf.Tensor4D];
    const f = (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
      tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides as number, pad);
    const y = f(x, filter);
    return [y, ...tf.grads(f)([x, filter], numbers(y.shape, 3))];
  });
});

test.each([2, [2, 3]] as Pair[])('dilations %j', async (dilations) => {
  await expectAsOnCpu(() =>
    tf.depthwiseConv2d(
      numbers([2, 9, 14, 5], 1) as tf.Tensor4D,
      numbers([3, 3, 5, 1], 2) as tf.Tensor4D,
      1,
      'same',
      'NHWC',
      dilations as number,
    ),
  );
});

// tfjs refuses gradients of dilated convolutions, and cpu's kernels forget the dilation: expected are differences.
test.each([DepthwiseConv2dNativeBackpropInput, Conv2DBackpropInput])(
  '%s and its kin with dilation',
  async (name) => {
    await backend.use('wasm');
    const isDepthwise = name === DepthwiseConv2dNativeBackpropInput;
    const filterName = isDepthwise ? DepthwiseConv2dNativeBackpropFilter : Conv2DBackpropFilter;
    const attrs = { strides: 1, pad: 'same', dataFormat: 'NHWC', dilations: 2 };
    const f = isDepthwise ? tf.depthwiseConv2d : tf.conv2d;
    const convolved = tf.customGrad((x, w, save) => {
      (save as tf.GradSaveFunc)([x as tf.Tensor, w as tf.Tensor]);
      const value = f(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same', 'NHWC', 2);
      const gradFunc = (dy: tf.Tensor, [image, filter]: tf.Tensor[]): tf.Tensor[] => [
        tf.engine().runKernel(name, { dy, filter: filter! }, { ...attrs, inputShape: image!.shape }),
        tf.engine().runKernel(filterName, { x: image!, dy }, { ...attrs, filterShape: filter!.shape }),
      ];
      return { value, gradFunc: gradFunc as never };
    });
    const values = Array.from({ length: 40 }, (_, i) => Math.sin(3 * i));
    const filter = numbers([2, 2, 2, 1], 5);
    const weights = numbers([1, 4, 5, isDepthwise ? 2 : 1], 6);
    const ofX = gradients((x) => convolved(x, filter).mul(weights).sum(), values, [1, 4, 5, 2], 0.1);
    expectClose(ofX.exact, ofX.differences, 1e-3);
    const image = numbers([1, 4, 5, 2], 7);
    const ofFilter = gradients(
      (w) => convolved(image, w).mul(weights).sum(),
      values.slice(0, 8),
      [2, 2, 2, 1],
      0.1,
    );
    expectClose(ofFilter.exact, ofFilter.differences, 1e-3);
    tf.dispose([filter, weights, image]);
  },
);

// Stock wasm throws, cpu takes the rows for channels: expected is the same with channels last.
test('channels first', async () => {
  await backend.use('wasm');
  const [first, last] = tf.tidy(() => {
    const [x, filter] = [numbers([2, 3, 5, 4], 1) as tf.Tensor4D, numbers([3, 3, 3, 2], 2) as tf.Tensor4D];
    const turned = tf.depthwiseConv2d(tf.transpose(x, [0, 2, 3, 1]), filter, 1, 'same');
    return [tf.depthwiseConv2d(x, filter, 1, 'same', 'NCHW'), tf.transpose(turned, [0, 3, 1, 2])] as const;
  });
  expect(first.shape).toEqual(last.shape);
  expectClose(read(first), read(last));
});

test.each(['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu', 'prelu'] as const)(
  'fused with a bias and %s',
  async (activation) => {
    await expectAsOnCpu(() =>
      tf.fused.depthwiseConv2d({
        x: numbers([2, 5, 4, 6], 1) as tf.Tensor4D,
        filter: numbers([3, 3, 6, 1], 2) as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias: numbers([6], 3) as tf.Tensor1D,
        activation,
        leakyreluAlpha: 0.1,
        preluActivationWeights: numbers([6], 4),
      }),
    );
  },
);
