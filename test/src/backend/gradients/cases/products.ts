import type * as tfjs from '@tensorflow/tfjs-core';
import { type Case, Family, type Tf } from './family.ts';

export function products(tf: Tf): Case[] {
  const family = new Family(tf, 5);
  const { add, constant } = family;
  for (const a of [false, true]) {
    for (const b of [false, true]) {
      const left = constant([2, 3]);
      const right = constant(b ? [2, 3] : [3, 2]);
      add(`matMul ${a} ${b}, first`, a ? [3, 2] : [2, 3], (x) => tf.square(tf.matMul(x, right(), a, b)));
      add(`matMul ${a} ${b}, second`, b ? [2, 3] : [3, 2], (x) =>
        tf.square(tf.matMul(a ? tf.transpose(left()) : left(), x, a, b)),
      );
    }
  }
  const batch = constant([2, 3, 2]);
  add('matMul broadcast, first', [1, 2, 3], (x) => tf.square(tf.matMul(x, batch())));
  add('matMul broadcast, second', [3, 2], (x) => tf.square(tf.matMul(tf.transpose(batch(), [0, 2, 1]), x)));
  add('matMul of itself', [2, 2], (x) => tf.matMul(x, tf.matMul(x, x, true, false)));
  const vector = constant([3]);
  add('dot', [3], (x) => tf.dot(x, tf.mul(x, vector())));
  add('outerProduct', [3], (x) => tf.square(tf.outerProduct(x as tfjs.Tensor1D, vector() as tfjs.Tensor1D)));
  const matrix = constant([3, 4]);
  add('einsum, product', [2, 3], (x) => tf.square(tf.einsum('ij,jk->ik', x, matrix())));
  add('einsum, second', [3, 4], (x) => tf.square(tf.einsum('ij,jk->ki', tf.transpose(matrix()), x)));
  add('einsum, sum', [2, 3], (x) => tf.square(tf.einsum('ij->j', x)));
  add('einsum, transpose', [2, 3], (x) => tf.square(tf.einsum('ij->ji', x)));
  add('einsum, batch', [2, 3, 2], (x) => tf.einsum('bij,bij->b', x, x));
  add('einsum to a scalar', [3], (x) => tf.square(tf.einsum('i,i->', x, x)));
  add('fused matMul', [2, 3], (x) =>
    tf.square(tf.fused.matMul({ a: x, b: matrix(), bias: tf.ones([4]), activation: 'sigmoid' })),
  );
  add('fused matMul, weights and bias', [3, 4], (x) =>
    tf.square(tf.fused.matMul({ a: row(), b: x, bias: tf.sum(x, 0) })),
  );
  const row = constant([2, 3]);
  return family.list;
}
