import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { sgd } from '../../../src/optimizers/index.ts';
import { expectClose, onBackends, variable } from '../support.ts';

/** Applies one gradient after the other to a variable and returns its values after each. */
function follow(optimizer: ReturnType<typeof sgd>, start: number[], gradients: number[][]): number[][] {
  const x = variable(start);
  const values = gradients.map((gradient) => {
    const g = tf.tensor1d(gradient);
    optimizer.applyGradients({ [x.name]: g });
    g.dispose();
    return Array.from(x.dataSync());
  });
  x.dispose();
  optimizer.dispose();
  return values;
}

onBackends('sgd', () => {
  test('one step', () => {
    // Keras sgd_test.py, test_single_step: w − 0.5·g
    const [values] = follow(sgd({ learningRate: 0.5 }), [1, 2, 3, 4], [[1, 6, 7, 2]]);
    expectClose(values!, [0.5, -1, -0.5, 3]);
  });

  test('five steps of Keras’s golden run', () => {
    // Keras sgd_test.py, test_correctness_with_golden: 0.01 once, then 0.1 … 1 each step, rate 0.01.
    const gradient = Array.from({ length: 10 }, (_, i) => 0.1 * (i + 1));
    const first = new Array<number>(10).fill(0.01);
    const values = follow(sgd({ nesterov: true }), new Array<number>(10).fill(1), [
      first,
      gradient,
      gradient,
      gradient,
    ]);
    expectClose(values[0]!, new Array<number>(10).fill(0.9999));
    expectClose(values[1]!, [0.9989, 0.9979, 0.9969, 0.9959, 0.9949, 0.9939, 0.9929, 0.9919, 0.9909, 0.9899]);
    expectClose(values[3]!, [0.9969, 0.9939, 0.9909, 0.9879, 0.9849, 0.9819, 0.9789, 0.9759, 0.9729, 0.9699]);
  });

  test('weight decay', () => {
    // Keras sgd_test.py, test_weight_decay: 2·(1 − 1·0.004)³ after three steps without a gradient
    const values = follow(sgd({ learningRate: 1, weightDecay: 0.004 }), [2], [[0], [0], [0]]);
    expectClose(values[2]!, [1.9760959], 1e-6);
  });

  test('momentum', () => {
    // m: 1, .9 + 1 = 1.9, 1.71 + 1 = 2.71; w: 0 − .1·1, − .1·1.9, − .1·2.71
    const values = follow(sgd({ learningRate: 0.1, momentum: 0.9 }), [0], [[1], [1], [1]]);
    expectClose(values.flat(), [-0.1, -0.29, -0.561]);
    // Nesterov: g + .9·m: 1.9, 2.71, 3.439
    const ahead = follow(sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true }), [0], [[1], [1], [1]]);
    expectClose(ahead.flat(), [-0.19, -0.461, -0.8049]);
  });

  test('minimises Σx² from [1, 2, 3] at the exact rate', () => {
    // optax's example: each step multiplies x by 1 − 2·0.003, so f = 14·0.994^(2k).
    const x = variable([1, 2, 3]);
    const optimizer = sgd({ learningRate: 0.003 });
    for (let k = 1; k <= 5; k++) {
      optimizer.minimize(() => x.square().sum());
      const value = Array.from(x.dataSync()).reduce((sum, v) => sum + v * v, 0);
      expectClose([value], [14 * 0.994 ** (2 * k)]);
    }
    x.dispose();
  });

  test('rejects options out of range', () => {
    expect(() => sgd({ momentum: 1 })).toThrow('sgd: momentum must be a finite number in [0, 1); received 1');
    expect(() => sgd({ learningRate: -1 })).toThrow('learningRate must be a finite number of at least 0');
    expect(() => Reflect.apply(sgd, undefined, [{ lr: 0.1 }])).toThrow(
      /^sgd: options must be among 'learningRate', 'weightDecay', .* received 'lr'; did you mean 'learningRate'\?$/,
    );
    expect(() => Reflect.apply(sgd, undefined, [0.1])).toThrow('sgd: options must be an object with any of');
    expect(() => sgd({ weightDecay: Number.NaN })).toThrow('weightDecay must be');
  });
});
