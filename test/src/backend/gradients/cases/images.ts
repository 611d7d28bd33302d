import type * as tfjs from '@tensorflow/tfjs-core';
import { type Case, Family, type Tf } from './family.ts';

export function images(tf: Tf): Case[] {
  const family = new Family(tf, 8);
  const { add } = family;
  type T4 = tfjs.Tensor4D;
  const { image } = tf;
  for (const [alignCorners, halfPixel] of [
    [false, false],
    [true, false],
    [false, true],
  ] as const) {
    const suffix = `${alignCorners ? ', corners aligned' : ''}${halfPixel ? ', half pixels' : ''}`;
    for (const [h, w] of [
      [5, 7],
      [2, 2],
    ] as const) {
      add(`resizeBilinear to ${h}×${w}${suffix}`, [2, 3, 4, 2], (x) =>
        tf.square(image.resizeBilinear(x as T4, [h, w], alignCorners, halfPixel)),
      );
      add(`resizeNearestNeighbor to ${h}×${w}${suffix}`, [2, 3, 4, 2], (x) =>
        tf.square(image.resizeNearestNeighbor(x as T4, [h, w], alignCorners, halfPixel)),
      );
    }
  }
  add('flipLeftRight', [2, 2, 3, 1], (x) => tf.square(image.flipLeftRight(x as T4)));
  for (const method of ['bilinear', 'nearest'] as const) {
    add(`cropAndResize ${method}`, [2, 4, 5, 2], (x) =>
      tf.square(
        image.cropAndResize(
          x as T4,
          tf.tensor2d([
            [0, 0, 1, 1],
            [0.1, 0.2, 0.7, 0.9],
            [-0.3, 0.5, 0.6, 1.2],
          ]),
          tf.tensor1d([1, 0, 1], 'int32'),
          [3, 4],
          method,
        ),
      ),
    );
  }
  add('rgbToGrayscale', [2, 2, 3], (x) => tf.square(image.rgbToGrayscale(x as tfjs.Tensor3D)));
  add('grayscaleToRGB', [2, 2, 1], (x) => tf.square(image.grayscaleToRGB(x as tfjs.Tensor3D)));
  return family.list;
}
