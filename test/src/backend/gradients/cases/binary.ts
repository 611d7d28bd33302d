import type * as tfjs from '@tensorflow/tfjs-core';
import { type Case, Family, type Tf, type Values } from './family.ts';

type Tensor = tfjs.Tensor;

export function binary(tf: Tf): Case[] {
  const family = new Family(tf, 13);
  const { add, constant } = family;
  const { real, positive } = family.draw;
  const other = constant([3]);
  const one = constant([1, 3]);
  const above = constant([3], positive);
  const both = (name: string, f: (a: Tensor, b: Tensor) => Tensor, values: Values = real): void => {
    const b = values === positive ? above : other;
    add(`${name}, first`, [2, 3], (x) => f(x, b()), values);
    add(`${name}, second, broadcast`, [3], (x) => f(constantRows(), x), values);
    // An alpha of more rows than x has is refused by some back ends.
    if (name !== 'prelu') add(`${name}, first, broadcast`, [1, 3], (x) => f(x, constantRows()), values);
    add(`${name}, of itself`, [3], (x) => f(x, tf.mul(x, one()).reshape([3])), values);
  };
  const constantRows = constant([2, 3], positive);
  both('add', (a, b) => tf.add(a, b));
  both('sub', (a, b) => tf.sub(a, b));
  both('mul', (a, b) => tf.mul(a, b));
  both('div', (a, b) => tf.div(a, b), positive);
  both('divNoNan', (a, b) => tf.divNoNan(a, b), positive);
  both('atan2', (a, b) => tf.atan2(a, b), positive);
  both('maximum', (a, b) => tf.maximum(a, b).mul(a));
  both('minimum', (a, b) => tf.minimum(a, b).mul(b));
  both('squaredDifference', (a, b) => tf.squaredDifference(a, b));
  both('prelu', (a, b) => (a.rank >= b.rank ? tf.prelu(a, b) : tf.prelu(b, a)));
  add('pow, base', [2, 3], (x) => tf.pow(x, above()), positive);
  add('pow, exponent', [3], (x) => tf.pow(constantRows(), x), positive);
  add('pow, both', [3], (x) => tf.pow(x, x), positive);
  add('pow, negative base', [3], (x) => tf.pow(x, tf.scalar(3, 'int32')));
  add('mod', [3], (x) => tf.mod(x, 10).square(), positive);
  add(
    'mod, second',
    [3],
    (x) => tf.mod(tf.tensor1d([31, 17, 11]), x.add(3)).square(),
    (n) => [0.3, 0.7, 0.45].slice(0, n),
  );
  add(
    'floorDiv',
    [3],
    (x) => tf.floorDiv(x, 0.7).mul(x),
    (n) => [0.9, 1.6, 2.4].slice(0, n),
  );
  add('addN', [3], (x) => tf.addN([x, tf.square(x), x]));
  add('where', [6], (x) => tf.where(tf.greater(x, 0), tf.square(x), tf.exp(x)));
  add('where, equal, logicalAnd', [6], (x) =>
    tf.where(tf.logicalAnd(tf.less(x, 0), tf.notEqual(x, 5)), x, tf.mul(x, x)),
  );
  return family.list;
}
