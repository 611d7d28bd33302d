import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { random } from '../../../src/core/random.ts';
import * as losses from '../../../src/losses/index.ts';
import { expectClose, gradients, onBackends, read } from '../support.ts';

const ROWS = 3;
const COLUMNS = 4;
const source = random(7);
const draw = (f: () => number): number[] => Array.from({ length: ROWS * COLUMNS }, f);
const rows = (values: readonly number[]): number[][] =>
  Array.from({ length: ROWS }, (_, i) => values.slice(i * COLUMNS, (i + 1) * COLUMNS));

const real = draw(() => source.normal(0, 2));
const targets = rows(draw(() => source.normal(0, 2)));
const positive = draw(() => source.uniform(0.5, 3));
const counts = rows(draw(() => source.integer(5)));
const bits = rows(draw(() => source.integer(2)));
const probabilities = draw(() => source.uniform(0.1, 0.9));
const distributions = rows(draw(() => source.uniform(0.05, 0.4)));
const oneHot = Array.from({ length: ROWS }, (_, i) =>
  Array.from({ length: COLUMNS }, (_, j) => (i === j ? 1 : 0)),
);
const sampleWeight = [0.5, 2, 1];
const logits = { fromLogits: true, labelSmoothing: 0.1, sampleWeight };

type Case = [name: string, at: readonly number[], loss: (x: tf.Tensor) => tf.Tensor];

const cases: Case[] = [
  ['meanSquaredError', real, (x) => losses.meanSquaredError(targets, x, { sampleWeight })],
  ['meanAbsoluteError', real, (x) => losses.meanAbsoluteError(targets, x)],
  [
    'meanAbsolutePercentageError',
    real,
    (x) =>
      losses.meanAbsolutePercentageError(
        oneHot.map((r) => r.map((v) => v + 1)),
        x,
      ),
  ],
  ['meanSquaredLogarithmicError', positive, (x) => losses.meanSquaredLogarithmicError(counts, x)],
  ['huber', real, (x) => losses.huber(targets, x, { delta: 1.5 })],
  ['logCosh', real, (x) => losses.logCosh(targets, x)],
  ['quantile', real, (x) => losses.quantile(targets, x, { q: 0.8 })],
  ['hinge', real, (x) => losses.hinge(bits, x)],
  ['squaredHinge', real, (x) => losses.squaredHinge(bits, x)],
  ['categoricalHinge', real, (x) => losses.categoricalHinge(oneHot, x)],
  ['cosineSimilarity', real, (x) => losses.cosineSimilarity(targets, x)],
  ['poisson', positive, (x) => losses.poisson(counts, x)],
  ['binaryCrossentropy', probabilities, (x) => losses.binaryCrossentropy(bits, x)],
  ['binaryCrossentropy of logits', real, (x) => losses.binaryCrossentropy(bits, x, logits)],
  ['categoricalCrossentropy', probabilities, (x) => losses.categoricalCrossentropy(oneHot, x)],
  ['categoricalCrossentropy of logits', real, (x) => losses.categoricalCrossentropy(oneHot, x, logits)],
  [
    'categoricalCrossentropy along 0',
    real,
    (x) => losses.categoricalCrossentropy(oneHot, x, { fromLogits: true, axis: 0 }),
  ],
  [
    'sparseCategoricalCrossentropy',
    real,
    (x) => losses.sparseCategoricalCrossentropy([0, 3, -1], x, { ...logits, ignoreIndex: -1 }),
  ],
  ['klDivergence', probabilities, (x) => losses.klDivergence(distributions, x)],
  ['jensenShannon', probabilities, (x) => losses.jensenShannon(distributions, x)],
  ['binaryFocal', probabilities, (x) => losses.binaryFocal(bits, x)],
  ['binaryFocal of logits', real, (x) => losses.binaryFocal(bits, x, { ...logits, gamma: 1.5 })],
  ['categoricalFocal', probabilities, (x) => losses.categoricalFocal(oneHot, x)],
  ['categoricalFocal of logits', real, (x) => losses.categoricalFocal(oneHot, x, logits)],
  ['dice', probabilities, (x) => losses.dice(bits, x)],
  ['tversky', probabilities, (x) => losses.tversky(bits, x, { alpha: 0.3, beta: 0.7, axis: 1 })],
  ['triplet', real, (x) => losses.triplet(x, targets, counts, { margin: 5 })],
  ['contrastive', positive, (x) => losses.contrastive(bits, x, { margin: 2.2 })],
  ['ntXent', real, (x) => losses.ntXent(targets, x)],
];

onBackends('gradients agree with central differences', () => {
  test.each(cases)('%s', (_, at, loss) => {
    const { exact, differences } = gradients(loss, at, [ROWS, COLUMNS], 4e-3);
    const scale = Math.max(...differences.map(Math.abs), 1e-2);
    expectClose(
      exact.map((value) => value / scale),
      differences.map((value) => value / scale),
      1e-2,
    );
  });
});

onBackends('second derivatives agree with central differences', () => {
  const weights = tf.tidy(() => tf.tensor(cases[0]![1], [ROWS, COLUMNS]).arraySync());

  test.each(cases)('%s', (_, at, loss) => {
    // Along one direction, and x² beside it: the derivative of some losses is a constant.
    const slope = (x: tf.Tensor) =>
      tf.sum(tf.add(tf.mul(tf.grad(loss)(x), weights), tf.mul(tf.square(x), 0.02)));
    const { exact, differences } = gradients(slope, at, [ROWS, COLUMNS], 4e-3);
    const scale = Math.max(...differences.map(Math.abs), 0.1);
    expectClose(
      exact.map((value) => value / scale),
      differences.map((value) => value / scale),
      1e-2,
    );
  });
});

onBackends('gradients in particular places', () => {
  const gradient = (f: (x: tf.Tensor) => tf.Tensor, x: number[]): number[] =>
    read(tf.tidy(() => tf.grad(f)(tf.tensor(x))));

  test('σ(x) − y on logits, at 0 and at ±1e4', () => {
    const f = (x: tf.Tensor) =>
      losses.binaryCrossentropy([1, 1, 0, 0], x, { fromLogits: true, reduction: 'sum' });
    expectClose(gradient(f, [0, 1e4, 1e4, 0]), [-0.5, 0, 1, 0.5]);
  });

  test('a mean absolute error of 0 has the gradient 0', () => {
    expectClose(
      gradient((x) => losses.meanAbsoluteError([1, 2], x), [1, 2]),
      [0, 0],
      0,
    );
  });

  test('the quantile loss has the gradient ½ − q where the error is 0', () => {
    // Half the mean absolute error at q = ½; the middle of −q and 1 − q elsewhere.
    for (const q of [0.5, 0.9]) {
      expectClose(
        gradient((x) => losses.quantile([1, 2], x, { q, reduction: 'sum' }), [1, 2]),
        [0.5 - q, 0.5 - q],
      );
    }
  });

  test('tied scores share the gradient of the categorical hinge loss evenly', () => {
    const at = (y: number[], x: number[]) => gradient((p) => losses.categoricalHinge(y, p), x);
    // max((1 − y)·p) is 0 in all three places, each of which gets ⅓; that of the label has the factor 0.
    expectClose(at([1, 0, 0], [0, 0, 0]), [-1, 1 / 3, 1 / 3]);
    expectClose(at([1, 0, 0], [0, 2, 2]), [-1, 0.5, 0.5]);
    expectClose(at([1, 0, 0], [0, 1, 2]), [-1, 0, 1]);
  });

  test('log cosh has the gradient tanh', () => {
    const errors = [0, 1e-3, 0.09, 0.11, -2, 500];
    const f = (x: tf.Tensor) => losses.logCosh([0, 0, 0, 0, 0, 0], x, { reduction: 'sum' });
    expectClose(gradient(f, errors), errors.map(Math.tanh), 1e-6);
  });

  test('the focal loss has a finite gradient at ±1e4', () => {
    for (const gamma of [0, 0.5, 2]) {
      const options = { fromLogits: true, gamma };
      const binary = gradient((x) => losses.binaryFocal([1, 1, 0], x, options), [1e4, -1e4, -1e4]);
      const several = gradient((x) => losses.categoricalFocal([1, 0, 0], x, options), [1e4, -1e4, 0]);
      expect([...binary, ...several].every(Number.isFinite), `gamma ${gamma}`).toBe(true);
    }
  });

  test('the cosine of the zero vector has a finite gradient', () => {
    expect(gradient((x) => losses.cosineSimilarity([1, 2], x), [0, 0]).every(Number.isFinite)).toBe(true);
  });
});
