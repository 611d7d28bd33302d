import { describe, expect, it } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import * as optimizers from '../../../src/optimizers/index.ts';
import { constraints } from '../../../src/regularizers/index.ts';
import { chain, scaleByLearningRate } from '../../../src/transforms/index.ts';
import { expectClose, onBackends, read, variable } from '../support.ts';

onBackends('constraints', () => {
  it.each([
    ['maxNorm', constraints.maxNorm({ maxValue: 2 }), [3 * 0.4, 0.6, 4 * 0.4, -0.8]],
    [
      'maxNorm along rows',
      constraints.maxNorm({ maxValue: 1, axis: 1 }),
      [3 / Math.hypot(3, 0.6), 0.6 / Math.hypot(3, 0.6), 4 / Math.hypot(4, 0.8), -0.8 / Math.hypot(4, 0.8)],
    ],
    ['unitNorm', constraints.unitNorm(), [0.6, 0.6, 0.8, -0.8]],
    ['nonNeg', constraints.nonNeg(), [3, 0.6, 4, 0]],
    // Norms 5 and 1, halfway to 3 and to 2.
    [
      'minMaxNorm',
      constraints.minMaxNorm({ minValue: 2, maxValue: 3, rate: 0.5 }),
      [3 * 0.8, 0.9, 4 * 0.8, -1.2],
    ],
  ])('%s is its formula', (_, constraint, expected) => {
    const w = tf.tensor2d([3, 0.6, 4, -0.8], [2, 2]);
    expectClose(read(constraint.apply(w)), expected);
    const tree = constraint.project({ layer: [w] });
    expectClose(read(tree.layer[0]!), expected);
    w.dispose();
  });

  it('take several axes, as those of a filter', () => {
    const w = tf.tensor4d([1, 2, 2, 4, 2, 2, 0, 1], [2, 2, 1, 2]);
    const [kept] = constraints.unitNorm({ axis: [0, 1, 2] }).project([w]);
    // The filters [1, 2, 2, 0] of length 3, and [2, 4, 2, 1] of length 5.
    expectClose(read(kept!), [1 / 3, 2 / 5, 2 / 3, 4 / 5, 2 / 3, 2 / 5, 0, 1 / 5]);
    w.dispose();
  });

  it('are kept to by a layer after each step', async () => {
    const kernelConstraint = constraints.maxNorm({ maxValue: 0.5 });
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 2, inputShape: [2], kernelConstraint, kernelInitializer: 'ones' })],
    });
    const optimizer = tf.train.sgd(0.01);
    model.compile({ loss: 'meanSquaredError', optimizer });
    const [x, y] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[10, 20]])];
    await model.fit(x, y, { epochs: 3, verbose: 0 });
    const norms = tf.tidy(() => Array.from(model.layers[0]!.getWeights()[0]!.norm(2, 0).dataSync()));
    expectClose(norms, [0.5, 0.5]);
    tf.dispose([x, y]);
    model.dispose();
    optimizer.dispose();
  });

  it('are kept to by the parameters of a chain', () => {
    const optimizer = optimizers.fromTransform(chain(scaleByLearningRate(1), constraints.unitNorm()));
    const w = variable([0, 0.1]);
    optimizer.minimize(() =>
      w
        .sub(tf.tensor1d([3, 4]))
        .square()
        .sum(),
    );
    expectClose(read(w.norm()), [1]);
    w.dispose();
    optimizer.dispose();
  });
});

describe('arguments', () => {
  it.each([
    [
      () => constraints.maxNorm({ maxValue: -1 }),
      'maxNorm: maxValue must be a finite number of at least 0; received -1',
    ],
    [
      () => constraints.minMaxNorm({ minValue: 2, maxValue: 1 }),
      'minMaxNorm: maxValue must be a finite number of at least 2',
    ],
    [
      () => constraints.unitNorm({ axes: 0 } as never),
      "unitNorm: options must be among 'axis'; received 'axes'",
    ],
  ])('that do not fit are errors: %#', (call, message) => {
    expect(call).toThrow(message);
  });
});
