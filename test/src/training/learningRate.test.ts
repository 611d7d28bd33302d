import { describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { fromTransform, sgd } from '../../../src/optimizers/index.ts';
import { isScheduled, rateOf, setRate } from '../../../src/training/learningRate.ts';
import { trace } from '../../../src/transforms/index.ts';

describe('learning rates', () => {
  it('are read and set on optimizers of tfjs and of the toolkit', () => {
    for (const optimizer of [sgd({ learningRate: 0.5 }), tf.train.sgd(0.5), tf.train.adam(0.5)]) {
      expect(rateOf(optimizer)).toBe(0.5);
      setRate('test', optimizer, 0.25);
      expect(rateOf(optimizer)).toBe(0.25);
    }
  });

  it('are those of the next step where they are scheduled', () => {
    const optimizer = sgd({ learningRate: (step) => 1 / (1 + step) });
    const w = tf.variable(tf.scalar(1));
    expect([isScheduled(optimizer), rateOf(optimizer)]).toEqual([true, 1]);
    optimizer.minimize(() => tf.square(w) as tf.Scalar, false, [w]);
    expect(rateOf(optimizer)).toBe(0.5);
    setRate('test', optimizer, 0.1);
    expect([isScheduled(optimizer), rateOf(optimizer)]).toEqual([false, 0.1]);
    optimizer.dispose();
    w.dispose();
  });

  it('are missing where a chain has none', () => {
    const optimizer = fromTransform(trace());
    expect(rateOf(optimizer)).toBeUndefined();
    expect(() => setRate('test', optimizer, 0.1)).toThrow(/no learning rate/);
    expect(() => setRate('test', sgd(), -1)).toThrow(/learningRate/);
  });
});
