import type { Tensor } from '@tensorflow/tfjs-core';
import { type Case, float, given, type Tf } from '../case.ts';

/** Whether mean and deviation of 20,000 draws are near those of the distribution, as one number each. */
function near(tf: Tf, x: Tensor, mean: number, deviation: number): Tensor {
  const { mean: m, variance } = tf.moments(tf.cast(x, 'float32'));
  const off = tf.stack([tf.abs(tf.sub(m, mean)), tf.abs(tf.sub(tf.sqrt(variance), deviation))]);
  return tf.less(off, 0.03 * Math.max(1, deviation));
}

const both = () => ({ shape: [2], values: [1, 1] });
const N = [20_000];

const draws: readonly (readonly [string, (tf: Tf) => Tensor, number, number])[] = [
  ['randomNormal', (tf) => tf.randomNormal(N, 1, 2, 'float32', 5), 1, 2],
  ['randomStandardNormal', (tf) => tf.randomStandardNormal(N, 'float32', 5), 0, 1],
  ['truncatedNormal', (tf) => tf.truncatedNormal(N, 1, 2, 'float32', 5), 1, 2 * 0.8796],
  ['randomUniform', (tf) => tf.randomUniform(N, -1, 3, 'float32', 5), 1, 4 / Math.sqrt(12)],
  ['randomUniformInt', (tf) => tf.randomUniformInt(N, 0, 10, 5), 4.5, Math.sqrt(99 / 12)],
  // tfjs multiplies by what it calls the inverse scale.
  ['randomGamma', (tf) => tf.randomGamma(N, 2, 1, 'float32', 5), 2, Math.SQRT2],
];

export const chances: Case[] = [
  ...draws.map(
    ([title, draw, mean, deviation]): Case => ({
      kernel: 'Mean',
      title: `of ${title}`,
      inputs: [],
      run: (tf) => near(tf, draw(tf), mean, deviation),
      reference: both,
    }),
  ),
  {
    kernel: 'Multinomial',
    title: 'frequencies of logits',
    inputs: [given([0, Math.log(3), 0, -Infinity], [2, 2])],
    run: (tf, logits) => {
      const drawn = tf.multinomial(logits as never, N[0]!, 3);
      return tf.less(tf.abs(tf.sub(tf.mean(tf.cast(drawn, 'float32'), 1), [0.75, 0])), 0.02);
    },
    reference: both,
  },
  {
    kernel: 'Multinomial',
    title: 'frequencies of probabilities',
    inputs: [given([0.2, 0.8], [1, 2])],
    run: (tf, odds) => {
      const drawn = tf.multinomial(odds as never, N[0]!, 3, true);
      return tf.less(tf.abs(tf.sub(tf.mean(tf.cast(drawn, 'float32')), 0.8)), 0.02);
    },
    reference: () => ({ shape: [], values: [1] }),
  },
  {
    kernel: 'Multinomial',
    title: 'the same with the same seed',
    inputs: [float([3, 4])],
    run: (tf, logits) => {
      const draw = (): Tensor => tf.multinomial(logits as never, 9, 7);
      return tf.all(tf.equal(draw(), draw()));
    },
    reference: () => ({ shape: [], values: [1] }),
  },
  {
    kernel: 'Multiply',
    title: 'dropout with a seed',
    inputs: [float([20])],
    run: (tf, x) => tf.dropout(x!, 0.5, undefined, 3),
    gradient: 'differences',
  },
];
