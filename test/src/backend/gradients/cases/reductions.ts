import { type Case, Family, type Tf } from './family.ts';

export function reductions(tf: Tf): Case[] {
  const family = new Family(tf, 3);
  const { add } = family;
  const { distinct } = family.draw;
  for (const keepDims of [false, true]) {
    for (const axis of [undefined, 0, [1, 2], -1] as (number | number[] | undefined)[]) {
      const suffix = `over ${JSON.stringify(axis)}${keepDims ? ', kept' : ''}`;
      add(`sum ${suffix}`, [2, 3, 2], (x) => tf.sum(tf.square(x), axis, keepDims));
      add(`mean ${suffix}`, [2, 3, 2], (x) => tf.mean(tf.exp(x), axis, keepDims));
      add(`max ${suffix}`, [2, 3, 2], (x) => tf.square(tf.max(x, axis, keepDims)), distinct);
      add(`min ${suffix}`, [2, 3, 2], (x) => tf.square(tf.min(x, axis, keepDims)), distinct);
      add(`prod ${suffix}`, [2, 3, 2], (x) => tf.prod(x, axis, keepDims));
      add(`logSumExp ${suffix}`, [2, 3, 2], (x) => tf.logSumExp(x, axis, keepDims));
      add(`norm ${suffix}`, [2, 3, 2], (x) => tf.norm(x, 'euclidean', axis, keepDims));
    }
  }
  add('prod with zeros', [2, 4], (x) => tf.prod(x.mul(tf.tensor1d([1, 0, 1, 1])), 1));
  add(
    'prod with a zero in x',
    [4],
    (x) => tf.prod(x),
    () => [0.7, 0, -1.2, 0.4],
  );
  add('moments', [2, 3], (x) => tf.moments(x, 0).variance);
  add('cumsum over 0', [3, 3], (x) => tf.cumsum(tf.square(x), 0));
  add('cumsum over 1 of 3, reversed', [2, 3, 2], (x) => tf.cumsum(tf.square(x), 1, false, true));
  add('cumsum, exclusive', [2, 3], (x) => tf.cumsum(tf.square(x), 1, true));
  for (const exclusive of [false, true]) {
    for (const reverse of [false, true]) {
      const suffix = `${exclusive ? ', exclusive' : ''}${reverse ? ', reversed' : ''}`;
      add(`cumprod over 0${suffix}`, [5, 2], (x) => tf.cumprod(x, 0, exclusive, reverse));
      add(`cumprod over 1${suffix}`, [2, 3], (x) => tf.cumprod(x, 1, exclusive, reverse));
    }
  }
  add(
    'cumprod with zeros in x',
    [5],
    (x) => tf.cumprod(x),
    () => [0.7, 0, -1.2, 0, 0.9],
  );
  add('topk', [2, 5], (x) => tf.square(tf.topk(x, 2).values), distinct);
  add('softmax', [2, 3], (x) => tf.softmax(x));
  add('logSoftmax', [2, 3], (x) => tf.logSoftmax(x));
  return family.list;
}
