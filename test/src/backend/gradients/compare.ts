import type * as tfjs from '@tensorflow/tfjs-core';
import { random } from '../../../../src/core/random.ts';
import type { Case, Tf } from './cases/family.ts';

type Function = (x: tfjs.Tensor) => tfjs.Tensor;

const STEP = 4e-3;

/** The largest difference from central differences of a scalar function, relative to the largest of them. */
function error(tf: Tf, f: Function, { at, shape }: Case): number {
  return tf.tidy(() => {
    const exact = tf.grad(f)(tf.tensor(at, shape)).dataSync();
    const value = (i: number, step: number): number => {
      const moved = Float32Array.from(at, (v, j) => (j === i ? v + step : v));
      return tf.tidy(() => f(tf.tensor(moved, shape)).dataSync()[0]!);
    };
    // Of the fourth order: float32 leaves no room for a small step.
    const slope = (i: number): number =>
      (8 * (value(i, STEP) - value(i, -STEP)) - (value(i, 2 * STEP) - value(i, -2 * STEP))) / (12 * STEP);
    const differences = at.map((_, i) => slope(i));
    const scale = Math.max(...differences.map(Math.abs), 0.1);
    return Math.max(...differences.map((d, i) => Math.abs(d - exact[i]!) / scale));
  });
}

/** What the first and the second derivative of a case are, against differences. */
export interface Outcome {
  name: string;
  first: 'right' | 'wrong' | 'throws';
  second: 'right' | 'wrong' | 'throws';
  detail: string;
}

const TOLERANCE = 0.02;

export function compare(tf: Tf, one: Case): Outcome {
  const source = random(5);
  const weights = Array.from({ length: 2000 }, () => source.uniform(0.4, 1.6));
  const weigh = (y: tfjs.Tensor): tfjs.Tensor =>
    tf.sum(tf.mul(y, tf.tensor(weights.slice(0, y.size), y.shape)));
  const f: Function = (x) => weigh(one.f(x));
  // The first derivative may be constant, which tfjs takes for no connection at all: x² has one that is not.
  const g: Function = (x) => tf.add(weigh(tf.grad(f)(x)), tf.sum(tf.square(x)));
  const detail: string[] = [];
  const judge = (h: Function): Outcome['first'] => {
    const before = tf.memory().numTensors;
    try {
      const e = error(tf, h, one);
      if (tf.memory().numTensors !== before) detail.push(`${tf.memory().numTensors - before} tensors left`);
      if (e < TOLERANCE) return 'right';
      detail.push(`off by ${e.toPrecision(3)}`);
      return 'wrong';
    } catch (thrown) {
      detail.push(String(thrown).split('\n')[0]!);
      return 'throws';
    }
  };
  return { name: one.name, first: judge(f), second: judge(g), detail: detail.join('; ') };
}
