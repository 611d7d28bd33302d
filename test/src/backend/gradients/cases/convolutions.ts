import type * as tfjs from '@tensorflow/tfjs-core';
import { type Case, Family, type Tf } from './family.ts';

export function convolutions(tf: Tf): Case[] {
  const family = new Family(tf, 6);
  const { add, constant } = family;
  const { small, distinct } = family.draw;
  type T4 = tfjs.Tensor4D;
  type T5 = tfjs.Tensor5D;
  const image = constant([2, 5, 4, 2]);
  const large = constant([1, 6, 5, 2]);
  const filter = constant([3, 3, 2, 3]);
  // With a padding in numbers tfjs takes the height of the filter for its width: these are square.
  for (const pad of ['valid', 'same', 1] as const) {
    for (const stride of [1, 2]) {
      const suffix = `${pad}, stride ${stride}`;
      add(`conv2d input, ${suffix}`, [2, 5, 4, 2], (x) =>
        tf.square(tf.conv2d(x as T4, filter() as T4, stride, pad)),
      );
      add(`conv2d filter, ${suffix}`, [3, 3, 2, 3], (x) =>
        tf.square(tf.conv2d(image() as T4, x as T4, stride, pad)),
      );
      add(`depthwiseConv2d input, ${suffix}`, [2, 5, 4, 2], (x) =>
        tf.square(tf.depthwiseConv2d(x as T4, filter() as T4, stride, pad)),
      );
      add(`depthwiseConv2d filter, ${suffix}`, [3, 3, 2, 3], (x) =>
        tf.square(tf.depthwiseConv2d(image() as T4, x as T4, stride, pad)),
      );
    }
    add(`conv2d input, ${pad}, dilated`, [1, 6, 5, 2], (x) =>
      tf.square(tf.conv2d(x as T4, filter() as T4, 1, pad, 'NHWC', [2, 2])),
    );
    add(`conv2d filter, ${pad}, dilated`, [3, 3, 2, 3], (x) =>
      tf.square(tf.conv2d(large() as T4, x as T4, 1, pad, 'NHWC', pad === 1 ? 2 : [2, 1])),
    );
    add(`depthwiseConv2d input, ${pad}, dilated`, [1, 6, 5, 2], (x) =>
      tf.square(tf.depthwiseConv2d(x as T4, filter() as T4, 1, pad, 'NHWC', [2, 2])),
    );
    add(`depthwiseConv2d filter, ${pad}, dilated`, [3, 3, 2, 3], (x) =>
      tf.square(tf.depthwiseConv2d(large() as T4, x as T4, 1, pad, 'NHWC', pad === 1 ? 2 : [2, 1])),
    );
  }
  add('fused conv2d', [3, 3, 2, 3], (x) =>
    tf.square(
      tf.fused.conv2d({ x: image() as T4, filter: x as T4, strides: 1, pad: 'same', bias: tf.ones([3]) }),
    ),
  );
  add('fused depthwiseConv2d', [3, 3, 2, 3], (x) =>
    tf.square(
      tf.fused.depthwiseConv2d({
        x: image() as T4,
        filter: x as T4,
        strides: 1,
        pad: 'same',
        bias: tf.ones([6]),
      }),
    ),
  );
  const back = constant([2, 5, 4, 3]);
  add('conv2dTranspose input', [2, 5, 4, 3], (x) =>
    tf.square(tf.conv2dTranspose(x as T4, filter() as T4, [2, 10, 8, 2], 2, 'same')),
  );
  add('conv2dTranspose filter', [3, 3, 2, 3], (x) =>
    tf.square(tf.conv2dTranspose(back() as T4, x as T4, [2, 10, 8, 2], 2, 'same')),
  );
  const pointwise = constant([1, 1, 6, 2]);
  add('separableConv2d', [2, 5, 4, 2], (x) =>
    tf.square(tf.separableConv2d(x as T4, filter() as T4, pointwise() as T4, 1, 'same')),
  );
  const kernel = constant([2, 2, 3]);
  add('conv1d input', [1, 5, 2], (x) =>
    tf.square(tf.conv1d(x as tfjs.Tensor3D, kernel() as tfjs.Tensor3D, 1, 'same')),
  );
  const solid = constant([1, 3, 3, 2, 2]);
  const solidFilter = constant([2, 2, 2, 2, 2]);
  for (const pad of ['valid', 'same'] as const) {
    add(`conv3d input, ${pad}`, [1, 3, 3, 2, 2], (x) =>
      tf.square(tf.conv3d(x as T5, solidFilter() as T5, 1, pad)),
    );
    add(`conv3d filter, ${pad}`, [2, 2, 2, 2, 2], (x) =>
      tf.square(tf.conv3d(solid() as T5, x as T5, 1, pad)),
    );
  }
  add('conv3dTranspose input', [1, 2, 2, 1, 2], (x) =>
    tf.square(tf.conv3dTranspose(x as T5, solidFilter() as T5, [1, 4, 4, 2, 2], 2, 'same')),
  );
  const square = constant([2, 2, 2], small);
  const many = constant([1, 4, 4, 2], distinct);
  for (const pad of ['valid', 'same'] as const) {
    add(
      `dilation2d input, ${pad}`,
      [1, 4, 4, 2],
      (x) => tf.square(tf.dilation2d(x as T4, square() as tfjs.Tensor3D, 1, pad)),
      distinct,
    );
    add(
      `dilation2d filter, ${pad}`,
      [2, 2, 2],
      (x) => tf.square(tf.dilation2d(many() as T4, x as tfjs.Tensor3D, 1, pad, 2)),
      small,
    );
  }
  return family.list;
}
