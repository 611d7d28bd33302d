import { test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { shampoo } from '../../../src/optimizers/index.ts';
import { expectClose, onBackends, variable } from '../support.ts';
import { expectReference } from './matrixReference.ts';

onBackends('shampoo', () => {
  test('ten steps of the paper’s algorithm', () => {
    expectReference('shampoo', shampoo({ learningRate: 0.1, epsilon: 1e-2, preconditionFrequency: 1 }), 1e-4);
  });

  test('ten steps with diagonals for long axes and roots that are renewed every fourth', () => {
    const options = { epsilon: 1e-2, preconditionFrequency: 4, maxPreconditionerDim: 4 };
    expectReference('shampoo, diagonal', shampoo({ learningRate: 0.1, ...options }), 1e-4);
  });

  test('the first step of a diagonal gradient is its sign', () => {
    // L = R = diag(g²), so u = L^(−1/4)·g·R^(−1/4) = g / |g|.
    const w = tf.tidy(() => tf.variable(tf.zeros([2, 2])));
    const g = tf.tensor2d([4, 0, 0, -3], [2, 2]);
    const optimizer = shampoo({ learningRate: 1, epsilon: 1e-9 });
    optimizer.applyGradients({ [w.name]: g });
    expectClose(Array.from(w.dataSync()), [-1, 0, 0, 1]);
    for (const used of [w, g, optimizer]) used.dispose();
  });

  test('momentum and weight decay', () => {
    // A vector of one entry: u = g / √(Σg² + ε): 1, then 1 / √2; m = 1, 1 / √2 + ½.
    const w = variable([1]);
    const optimizer = shampoo({
      learningRate: 0.1,
      momentum: 0.5,
      weightDecay: 0.2,
      epsilon: 1e-12,
      preconditionFrequency: 1,
    });
    const g = tf.tensor1d([1]);
    optimizer.applyGradients({ [w.name]: g });
    expectClose(Array.from(w.dataSync()), [0.88]);
    optimizer.applyGradients({ [w.name]: g });
    expectClose(Array.from(w.dataSync()), [0.88 - 0.1 * (Math.SQRT1_2 + 0.5 + 0.2 * 0.88)]);
    for (const used of [w, g, optimizer]) used.dispose();
  });
});
