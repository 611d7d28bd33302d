import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { adafactor } from '../../../src/optimizers/index.ts';
import { expectClose, onBackends, variable } from '../support.ts';
import { expectReference } from './matrixReference.ts';

onBackends('adafactor', () => {
  test('ten steps of optax', () => {
    expectReference('adafactor', adafactor({ learningRate: 0.05 }));
    expectReference(
      'adafactor, factored from 3 on',
      adafactor({ learningRate: 0.05, minDimSizeToFactor: 3 }),
    );
    const plain = adafactor({ learningRate: 0.05, clippingThreshold: null, factored: false });
    expectReference('adafactor, without clipping', plain);
  });

  test('ten steps of optax with every option', () => {
    const optimizer = adafactor({
      learningRate: (step) => 0.1 / (1 + step),
      minDimSizeToFactor: 2,
      decayRate: 0.7,
      multiplyByParameterScale: false,
      clippingThreshold: 0.7,
      momentum: 0.8,
      weightDecay: 0.01,
      epsilon: 1e-8,
    });
    expectReference('adafactor, every option', optimizer);
  });

  test('the first step is the root mean square of the parameter, by the sign of the gradient', () => {
    // β = 0 at first, so u = g / |g|; rms(w) = √(14 / 3); 1 − 0.1·rms(w) …
    const w = variable([1, 2, 3]);
    const optimizer = adafactor({ learningRate: 0.1 });
    optimizer.minimize(() => w.square().sum());
    const step = 0.1 * Math.sqrt(14 / 3);
    expectClose(Array.from(w.dataSync()), [1 - step, 2 - step, 3 - step]);
    for (const used of [w, optimizer]) used.dispose();
  });

  test('keeps a row and a column for a matrix of 128 × 128 and more, all of a smaller one', () => {
    const large = tf.tidy(() => tf.variable(tf.ones([128, 130])));
    const small = tf.tidy(() => tf.variable(tf.ones([127, 130])));
    const before = tf.memory().numBytes;
    const optimizer = adafactor();
    optimizer.minimize(() => large.sum() as tf.Scalar, false, [large]);
    expect(tf.memory().numBytes - before).toBe(4 * (128 + 130));
    optimizer.minimize(() => small.sum() as tf.Scalar, false, [small]);
    expect(tf.memory().numBytes - before).toBe(4 * (128 + 130) + 4 * 127 * 130);
    for (const used of [large, small, optimizer]) used.dispose();
  });

  test('rejects options that do not exist or are out of range', () => {
    expect(() => Reflect.apply(adafactor, undefined, [{ learningrate: 1 }])).toThrow(
      "received 'learningrate'; did you mean 'learningRate'?",
    );
    expect(() => adafactor({ clippingThreshold: 0 })).toThrow(
      'clippingThreshold must be a finite number above 0',
    );
    expect(() => adafactor({ momentum: 1 })).toThrow('adafactor: momentum must be');
    expect(() => adafactor({ minDimSizeToFactor: 1.5 })).toThrow('minDimSizeToFactor must be an integer');
  });
});
