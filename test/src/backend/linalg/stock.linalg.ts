import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';

const outcome = (f: () => tf.Tensor): string => {
  try {
    return String(f().dataSync()[0]);
  } catch (error) {
    return (error as Error).message;
  }
};

console.log(
  JSON.stringify({
    svd: typeof Reflect.get(tf.linalg, 'svd'),
    eigh: typeof Reflect.get(tf.linalg, 'eigh'),
    zero: outcome(() => tf.linalg.qr(tf.zeros([2, 2]))[0]),
    batch: outcome(() => tf.linalg.qr(tf.ones([2, 3, 2]))[0]),
    dependent: outcome(() => tf.unstack(tf.linalg.gramSchmidt(tf.zeros([1, 2])) as tf.Tensor)[0]!),
    none: outcome(() => tf.linalg.bandPart(tf.zeros([0, 2, 2]), 0, 0)),
  }),
);
