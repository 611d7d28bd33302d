import type * as tfjs from '@tensorflow/tfjs-core';
import { type Case, Family, type Tf, type Values } from './family.ts';

type Tensor = tfjs.Tensor;

export function elementwise(tf: Tf): Case[] {
  const family = new Family(tf, 1);
  const { add } = family;
  const { real, positive, small } = family.draw;
  const of = (names: string, values: Values): void => {
    for (const name of names.split(' ')) {
      const operation = Reflect.get(tf, name) as (x: Tensor) => Tensor;
      add(name, [7], (x) => operation(x), values);
    }
  };
  of('abs asinh atan cos cosh elu erf exp expm1 leakyRelu logSigmoid neg reciprocal relu relu6 selu', real);
  of('sigmoid sin sinh softplus square tan tanh', real);
  of('acos asin atanh', small);
  of('log log1p rsqrt sqrt', positive);
  add('acosh', [7], (x) => tf.acosh(x.add(1)), positive);
  add('clipByValue', [7], (x) => tf.clipByValue(x, -0.1, 0.1).mul(x));
  add('step', [7], (x) => tf.step(x, 0.3).mul(x));
  add('round and sign', [7], (x) => tf.add(tf.round(tf.mul(x, 0.5)), tf.sign(x)).mul(x), small);
  add('clone and cast', [7], (x) => tf.cast(tf.clone(x), 'float32').square());
  return family.list;
}
