import { expect, test } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import type { UpdateRule } from '../../../../src/core/updates/rules.ts';
import { type Reference, referenceStep } from '../../core/updates/reference.ts';
import { expectClose, onBackends, variable } from '../../support.ts';
import { apply, OPTIMIZERS } from './optimizers.ts';

const filled = (value: number): number[] => new Array<number>(10).fill(value);
/** Keras's golden runs: 0.01 once, then 0.1 … 1 each step, on ten ones. */
const RISING = Array.from({ length: 10 }, (_, i) => 0.1 * (i + 1));

function golden(optimizer: tf.Optimizer): number[][] {
  const x = variable(filled(1));
  const values = [filled(0.01), RISING, RISING, RISING, RISING].map((gradient) => {
    apply(optimizer, [[x, gradient]]);
    return Array.from(x.dataSync());
  });
  optimizer.dispose();
  x.dispose();
  return values;
}

const GRADIENTS = [
  [1, -2, 0.5, 0, 3],
  [0.5, -1, 0, 0, -4],
  [-3, 0.25, 1e-3, 0, 2],
  [0, 0, 7, 0, 2],
  [10, 1, -1, 0, 2],
  [0.1, 0.1, -20, 0, 2],
];

onBackends('tf.train', () => {
  test.each(OPTIMIZERS)(
    '%s: six steps are those of its formula in double precision',
    (_, make, rule, start) => {
      const x = variable([1, 2, -3, 0.5, 0]);
      const optimizer = make();
      const references = Array.from(x.dataSync(), (w): Reference => ({ w, slots: [...start] }));
      GRADIENTS.forEach((gradient, step) => {
        apply(optimizer, [[x, gradient]]);
        references.forEach((reference, i) => {
          referenceStep(reference, gradient[i]!, rule(step) as UpdateRule, step + 1);
        });
        expectClose(
          Array.from(x.dataSync()),
          references.map(({ w }) => w),
          2e-6,
        );
      });
      optimizer.dispose();
      x.dispose();
    },
  );

  // The expected numbers of the next four: Keras, keras/src/optimizers/*_test.py, test_correctness_with_golden.
  test('adadelta divides by the new average of the squares', () => {
    // Stock: 0.99, 0.89, 0.79, … for the first number and 0.99, −0.01, −1.01, … for the last.
    const values = golden(tf.train.adadelta(1, 0.8, 1e-6));
    const expected = [0.9978, 0.9947, 0.9915, 0.9882, 0.9849];
    values.forEach((row, step) => {
      expectClose(row, filled(expected[step]!), 5e-4);
    });
  });

  test('centred rmsprop adds ε to the variance', () => {
    const values = golden(tf.train.rmsprop(0.001, 0.9, 0, 1e-7, true));
    const expected = [0.9967, 0.9933, 0.9908, 0.9885, 0.9864];
    values.forEach((row, step) => {
      expectClose(row, filled(expected[step]!), 5e-4);
    });
    // Stock: NaN.
    const x = variable([1, 2]);
    const optimizer = tf.train.rmsprop(0.1, 0.9, 0, 1e-7, true);
    for (let step = 0; step < 3; step++) apply(optimizer, [[x, [0, 1]]]);
    expect(x.dataSync()[0]).toBe(1);
    // Rounding makes the variance of a constant gradient negative, by more than ε when it is large.
    for (let step = 0; step < 200; step++) apply(optimizer, [[x, [1234.5, -1e5]]]);
    expect(Array.from(x.dataSync()).every(Number.isFinite)).toBe(true);
    optimizer.dispose();
    x.dispose();
  });

  test('adamax and adagrad', () => {
    const adamax = golden(tf.train.adamax(0.2, 0.85, 0.95, 1e-6));
    expectClose(
      adamax[4]!,
      [0.1933, 0.204, 0.2076, 0.2094, 0.2105, 0.2112, 0.2117, 0.2121, 0.2124, 0.2126],
      5e-4,
    );
    const adagrad = golden(tf.train.adagrad(0.2, 0.3));
    expectClose(
      adagrad[4]!,
      [0.856, 0.7422, 0.6604, 0.6037, 0.5644, 0.5367, 0.5168, 0.5021, 0.491, 0.4825],
      5e-4,
    );
  });

  test('setMomentum changes the momentum', () => {
    const x = variable([1]);
    const optimizer = tf.train.momentum(0.1, 0.9) as tf.MomentumOptimizer;
    apply(optimizer, [[x, [1]]]);
    optimizer.setMomentum(0);
    apply(optimizer, [[x, [1]]]);
    // 1 − 0.1·1 − 0.1·(0·1 + 1); stock goes on with 0.9: 0.71.
    expectClose(Array.from(x.dataSync()), [0.8]);
    optimizer.dispose();
    x.dispose();
  });

  test('a learning rate that is set is used, also by sgd', () => {
    const x = variable([1]);
    const optimizer = tf.train.sgd(0.1);
    Reflect.set(optimizer, 'learningRate', 0.5);
    apply(optimizer, [[x, [1]]]);
    // Stock: 0.9.
    expectClose(Array.from(x.dataSync()), [0.5]);
    (optimizer as tf.SGDOptimizer).setLearningRate(0.25);
    apply(optimizer, [[x, [1]]]);
    expectClose(Array.from(x.dataSync()), [0.25]);
    optimizer.dispose();
    x.dispose();
  });

  test.each(OPTIMIZERS)('%s: works when it is made and used inside tidy', (_, make) => {
    // Stock momentum throws "Cannot read properties of undefined (reading 'backend')".
    const [x, y] = [variable([5, -3]), variable([5, -3])];
    let made: tf.Optimizer | undefined;
    tf.tidy(() => {
      made = make();
      made.minimize(() => x.square().sum());
    });
    const optimizer = made!;
    tf.tidy(() => {
      optimizer.minimize(() => x.square().sum());
    });
    optimizer.minimize(() => x.square().sum());
    const outside = make();
    for (let step = 0; step < 3; step++) outside.minimize(() => y.square().sum());
    expect(x.dataSync()).toEqual(y.dataSync());
    for (const used of [optimizer, outside, x, y]) used.dispose();
  });

  test.each(OPTIMIZERS)('%s: dispose frees all, and it then starts afresh', (_, make) => {
    const [x, y] = [variable([5, -3]), variable([5, -3])];
    const before = tf.memory().numTensors;
    const optimizer = make();
    for (let step = 0; step < 3; step++) apply(optimizer, [[x, [1, 2]]]);
    optimizer.dispose();
    // Stock momentum leaves a scalar behind.
    expect(tf.memory().numTensors).toBe(before);
    x.assign(y);
    apply(optimizer, [[x, [1, 2]]]);
    const fresh = make();
    apply(fresh, [[y, [1, 2]]]);
    expect(x.dataSync()).toEqual(y.dataSync());
    expect(optimizer.iterations).toBe(1);
    for (const used of [optimizer, fresh, x, y]) used.dispose();
  });
});
