import type * as tfjs from '@tensorflow/tfjs-core';
import { type Case, Family, type Tf } from './family.ts';

export function pools(tf: Tf): Case[] {
  const family = new Family(tf, 7);
  const { add } = family;
  const { distinct } = family.draw;
  type T4 = tfjs.Tensor4D;
  type T5 = tfjs.Tensor5D;
  const explicit: [[0, 0], [number, number], [number, number], [0, 0]] = [
    [0, 0],
    [1, 0],
    [0, 1],
    [0, 0],
  ];
  for (const pad of ['valid', 'same', explicit] as const) {
    for (const stride of [1, 2]) {
      const suffix = `${pad}, stride ${stride}`;
      add(`avgPool ${suffix}`, [2, 5, 4, 2], (x) => tf.square(tf.avgPool(x as T4, [3, 2], stride, pad)));
      add(
        `maxPool ${suffix}`,
        [2, 5, 4, 2],
        (x) => tf.square(tf.maxPool(x as T4, [3, 2], stride, pad)),
        distinct,
      );
    }
  }
  for (const pad of ['valid', 'same'] as const) {
    add(`avgPool3d ${pad}`, [1, 3, 4, 3, 2], (x) => tf.square(tf.avgPool3d(x as T5, 2, 1, pad)));
    add(`maxPool3d ${pad}`, [1, 3, 4, 3, 2], (x) => tf.square(tf.maxPool3d(x as T5, 2, 2, pad)), distinct);
    add(`pool ${pad}, dilated`, [1, 5, 5, 1], (x) => tf.square(tf.pool(x as T4, 2, 'avg', pad, 2)));
  }
  add(
    'maxPoolWithArgmax',
    [1, 4, 4, 1],
    (x) => tf.square(tf.maxPoolWithArgmax(x as T4, 2, 2, 'valid').result!),
    distinct,
  );
  return family.list;
}
