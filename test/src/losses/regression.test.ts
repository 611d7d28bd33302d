import { expect, test } from 'vitest';
import * as losses from '../../../src/losses/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

// Keras losses_test.py uses these for its regression losses.
const TRUE = [
  [1, 9, 2],
  [-5, -2, 6],
];
const PRED = [
  [4, 8, 12],
  [8, 1, 3],
];
// The errors: [3, -1, 10], [13, 3, -3]; squares 9 + 1 + 100 = 110 and 169 + 9 + 9 = 187.

onBackends('regression losses', () => {
  test('meanSquaredError', () => {
    expectClose(read(losses.meanSquaredError(TRUE, PRED)), [(110 + 187) / 6]);
    expectClose(read(losses.meanSquaredError(TRUE, PRED, { reduction: 'none' })), [110 / 3, 187 / 3]);
    expectClose(read(losses.meanSquaredError(TRUE, PRED, { reduction: 'sum' })), [110 / 3 + 187 / 3]);
    // Keras test_sample_weighted: (110 · 1.2 + 187 · 3.4) / 6 = 767.8 / 6
    expectClose(read(losses.meanSquaredError(TRUE, PRED, { sampleWeight: [[1.2], [3.4]] })), [767.8 / 6]);
    // Keras test_scalar_weighted
    expectClose(read(losses.meanSquaredError(TRUE, PRED, { sampleWeight: 2.3 })), [113.85]);
  });

  test('weights of time steps', () => {
    // Keras test_timestep_weighted: mean of w·e² = (3·9 + 6·1 + 5·100 + 0 + 4·9 + 2·9) / 6 = 587 / 6
    const column = (rows: number[][]) => rows.map((row) => row.map((value) => [value]));
    const sampleWeight = [
      [3, 6, 5],
      [0, 4, 2],
    ];
    expectClose(read(losses.meanSquaredError(column(TRUE), column(PRED), { sampleWeight })), [587 / 6]);
    // One weight a sequence spreads over its steps: (2·110 + 0·187) / 6
    expectClose(read(losses.meanSquaredError(column(TRUE), column(PRED), { sampleWeight: [2, 0] })), [
      220 / 6,
    ]);
  });

  test('meanAbsoluteError', () => {
    expectClose(read(losses.meanAbsoluteError(TRUE, PRED)), [(14 + 19) / 6]);
    expectClose(read(losses.meanAbsoluteError(TRUE, PRED, { sampleWeight: [1.2, 3.4] })), [81.4 / 6]);
  });

  test('meanAbsolutePercentageError', () => {
    // 100/6 · (3/1 + 1/9 + 10/2 + 13/5 + 3/2 + 3/6), Keras: 211.8518
    const expected = (100 / 6) * (3 + 1 / 9 + 5 + 13 / 5 + 3 / 2 + 1 / 2);
    expectClose(read(losses.meanAbsolutePercentageError(TRUE, PRED)), [expected]);
    expect(expected).toBeCloseTo(211.8518, 3);
  });

  test('meanSquaredLogarithmicError', () => {
    // Keras test_unweighted; negative targets are clipped to 1e-7.
    expectClose(read(losses.meanSquaredLogarithmicError(TRUE, PRED)), [1.437], 1e-4);
    expectClose(read(losses.meanSquaredLogarithmicError([Math.E - 1], [0])), [1]);
  });

  test('huber', () => {
    // Keras HuberLossTest.setup: errors −.1, .2, −.8, −.2, .4, .6, all below δ = 1.
    const yTrue = [
      [1, 0, 1],
      [1, 0, 0],
    ];
    const yPred = [
      [0.9, 0.2, 0.2],
      [0.8, 0.4, 0.6],
    ];
    const halfSquares = [0.01, 0.04, 0.64, 0.04, 0.16, 0.36].map((square) => square / 2);
    const sum = halfSquares.reduce((a, b) => a + b);
    expectClose(read(losses.huber(yTrue, yPred)), [sum / 6]);
    // With δ = .5, errors .8 and .6 are linear: .5·.8 − .125 and .5·.6 − .125.
    const linear = sum - 0.32 - 0.18 + 0.275 + 0.175;
    expectClose(read(losses.huber(yTrue, yPred, { delta: 0.5 })), [linear / 6]);
  });

  test('logCosh', () => {
    const values = [0, 1e-3, -0.5, 3, -13];
    const expected = values.map((e) => Math.log(Math.cosh(e)));
    expectClose(read(losses.logCosh([0, 0, 0, 0, 0], values, { reduction: 'none' })), expected, 1e-6);
    // e²/2 for a small error: cancellation would leave few digits.
    expect(read(losses.logCosh([0], [1e-3]))[0]! / 5e-7).toBeCloseTo(1, 3);
    expectClose(read(losses.logCosh([0, 0], [1e4, -1e4])), [1e4 - Math.LN2]);
  });

  test('quantile', () => {
    // q·e for underestimates, (1 − q)·|e| for overestimates: .9·2 and .1·2
    expectClose(read(losses.quantile([10, 10], [8, 12], { q: 0.9, reduction: 'none' })), [1.8, 0.2]);
    expectClose(read(losses.quantile(TRUE, PRED)), [5.5 / 2]);
  });

  test('poisson', () => {
    // Keras PoissonTest: mean(p − y·log p)
    const y = [4, 8, 12, 8, 1, 3];
    const p = [1, 9, 2, 5, 2, 6];
    const expected = p.map((rate, i) => rate - y[i]! * Math.log(rate));
    expectClose(read(losses.poisson(y, p, { reduction: 'none' })), expected);
  });

  test('cosineSimilarity', () => {
    // −(1·4 + 9·8 + 2·12) / √(86·224) and −(−40 − 2 + 18) / √(65·74)
    const expected = [-100 / Math.sqrt(86 * 224), 24 / Math.sqrt(65 * 74)];
    expectClose(read(losses.cosineSimilarity(TRUE, PRED, { reduction: 'none' })), expected);
    expectClose(read(losses.cosineSimilarity([0, 0], [1, 2])), [0]);
  });
});
