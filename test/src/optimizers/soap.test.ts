import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { soap } from '../../../src/optimizers/index.ts';
import { expectClose, onBackends } from '../support.ts';
import { expectReference } from './matrixReference.ts';

onBackends('soap', () => {
  test('ten steps of the paper’s algorithm, the momentum kept in the original space', () => {
    const options = { learningRate: 0.05, weightDecay: 0 };
    expectReference('soap', soap({ ...options, preconditionFrequency: 3 }), 1e-4);
  });

  test('ten steps turned on one side alone', () => {
    const optimizer = soap({
      learningRate: 0.05,
      weightDecay: 0,
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-6,
      preconditionFrequency: 1,
      maxPreconditionerDim: 4,
    });
    expectReference('soap, one-sided', optimizer, 1e-4);
  });

  test('the first step finds the bases and moves nothing but by weight decay', () => {
    const w = tf.tidy(() => tf.variable(tf.tensor2d([2, 0, 0, 1], [2, 2])));
    const optimizer = soap({ learningRate: 0.1, weightDecay: 0.5 });
    optimizer.minimize(() => w.square().sum());
    expectClose(Array.from(w.dataSync()), [1.9, 0, 0, 0.95]);
    for (const used of [w, optimizer]) used.dispose();
  });

  test('brings a badly scaled quadratic down, where the axes are not those of the parameters', () => {
    // ‖A·W·B‖² with A and B that mix rows and columns.
    const w = tf.tidy(() => tf.variable(tf.ones([3, 3])));
    const [a, b] = [
      tf.tensor2d([3, 1, 0, 1, 3, 1, 0, 1, 0.1], [3, 3]),
      tf.tensor2d([1, 2, 0, 2, 1, 0, 0, 0, 0.3], [3, 3]),
    ];
    const f = (): tf.Scalar => a.matMul(w).matMul(b).square().sum();
    const optimizer = soap({ learningRate: 0.1, weightDecay: 0, preconditionFrequency: 2 });
    const first = tf.tidy(() => f().dataSync()[0]!);
    for (let step = 0; step < 150; step++) optimizer.minimize(f);
    const last = tf.tidy(() => f().dataSync()[0]!);
    expect(last).toBeLessThan(first / 100);
    for (const used of [w, a, b, optimizer]) used.dispose();
  });
});
