import type * as tfjs from '@tensorflow/tfjs-core';
import { type Case, Family, type Tf } from './family.ts';

type Tensor = tfjs.Tensor;

export function normalizing(tf: Tf): Case[] {
  const family = new Family(tf, 9);
  const { add, constant } = family;
  const { positive, small } = family.draw;
  type T1 = tfjs.Tensor1D;
  const image = constant([2, 3, 2, 3]);
  const [mean, variance, scale, offset] = [
    constant([3]),
    constant([3], positive),
    constant([3]),
    constant([3]),
  ];
  const norm = (x: Tensor, m: Tensor, v: Tensor, o: Tensor, s: Tensor): Tensor =>
    tf.square(tf.batchNorm(x, m as T1, v as T1, o as T1, s as T1, 0.01));
  const [m, v, o, s] = [() => mean(), () => variance(), () => offset(), () => scale()];
  add('batchNorm of x', [2, 3, 2, 3], (x) => norm(x, m(), v(), o(), s()));
  add('batchNorm of the mean', [3], (x) => norm(image(), x, v(), o(), s()));
  add('batchNorm of the variance', [3], (x) => norm(image(), m(), x, o(), s()), positive);
  add('batchNorm of offset and scale', [3], (x) => norm(image(), m(), v(), x, tf.square(x)));
  add('batchNorm by its own moments', [2, 3, 2, 3], (x) => {
    const own = tf.moments(x, [0, 1, 2]);
    return norm(x, own.mean, own.variance, o(), s());
  });
  add('batchNorm of two axes without scale', [4, 3], (x) => tf.square(tf.batchNorm(x, m() as T1, v() as T1)));
  add('localResponseNormalization', [1, 2, 2, 5], (x) =>
    tf.localResponseNormalization(x as tfjs.Tensor4D, 1, 1, 0.5, 0.6),
  );
  const labels = constant([3, 4], positive);
  const binaryLabels = (): Tensor => tf.cast(tf.greater(labels(), 1), 'float32');
  const distribution = (): Tensor => tf.div(labels(), tf.sum(labels(), 1, true));
  const { losses } = tf;
  add('losses.softmaxCrossEntropy', [3, 4], (x) => losses.softmaxCrossEntropy(distribution(), x));
  add('losses.sigmoidCrossEntropy', [3, 4], (x) => losses.sigmoidCrossEntropy(binaryLabels(), x));
  add('losses.meanSquaredError', [3, 4], (x) => losses.meanSquaredError(labels(), tf.exp(x)));
  add('losses.absoluteDifference', [3, 4], (x) => losses.absoluteDifference(labels(), tf.exp(x.sub(9))));
  add('losses.huberLoss', [3, 4], (x) => losses.huberLoss(labels(), x, undefined, 0.4), small);
  add('losses.logLoss', [3, 4], (x) => losses.logLoss(binaryLabels(), tf.sigmoid(x)));
  add('losses.hingeLoss', [3, 4], (x) => losses.hingeLoss(binaryLabels(), tf.square(x)), small);
  add('losses.cosineDistance', [3, 4], (x) => losses.cosineDistance(labels(), tf.sin(x), 1));
  add('qr', [3, 3], (x) => tf.matMul(...(tf.linalg.qr(x) as [Tensor, Tensor]), true));
  return family.list;
}
