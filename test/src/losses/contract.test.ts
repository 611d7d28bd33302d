import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { ArgumentError } from '../../../src/core/check.ts';
import type { TensorLike } from '../../../src/core/types.ts';
import * as losses from '../../../src/losses/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

type Options = { reduction?: losses.Reduction; sampleWeight?: TensorLike };
type Loss = (yTrue: TensorLike, yPred: TensorLike, options?: Options) => tf.Tensor;

const SAME_SHAPE: readonly [string, Loss][] = [
  losses.meanSquaredError,
  losses.meanAbsoluteError,
  losses.meanAbsolutePercentageError,
  losses.meanSquaredLogarithmicError,
  losses.huber,
  losses.logCosh,
  losses.quantile,
  losses.hinge,
  losses.squaredHinge,
  losses.categoricalHinge,
  losses.cosineSimilarity,
  losses.poisson,
  losses.binaryCrossentropy,
  losses.categoricalCrossentropy,
  losses.klDivergence,
  losses.jensenShannon,
  losses.binaryFocal,
  losses.categoricalFocal,
].map((loss): [string, Loss] => [loss.name, loss]);

const Y = [
  [1, 0, 0],
  [0, 1, 0],
];
const P = [
  [0.7, 0.2, 0.1],
  [0.3, 0.4, 0.3],
];

onBackends('every loss', () => {
  test.each(SAME_SHAPE)('%s reduces one loss a sample to their sum and mean', (_, loss) => {
    const each = read(loss(Y, P, { reduction: 'none' }));
    expect(each).toHaveLength(2);
    expectClose(read(loss(Y, P, { reduction: 'sum' })), [each[0]! + each[1]!]);
    expectClose(read(loss(Y, P)), [(each[0]! + each[1]!) / 2]);
    // Divided by the number of samples, not by the sum of the weights.
    expectClose(read(loss(Y, P, { sampleWeight: [3, 1] })), [(3 * each[0]! + each[1]!) / 2]);
  });

  test.each(SAME_SHAPE)('%s takes tensors of any type, typed arrays and nested arrays alike', (_, loss) => {
    const expected = read(loss([1, 0, 1, 0], [1, 0.5, 0.25, 0]));
    const yPred = tf.tensor([1, 0.5, 0.25, 0]);
    for (const yTrue of [tf.tensor([1, 0, 1, 0], [4], 'int32'), tf.tensor([1, 0, 1, 0], [4], 'bool')]) {
      expectClose(read(loss(yTrue, yPred)), expected);
      yTrue.dispose();
    }
    expectClose(read(loss(new Uint8Array([1, 0, 1, 0]), new Float64Array([1, 0.5, 0.25, 0]))), expected);
    yPred.dispose();
  });

  test.each(SAME_SHAPE)('%s rejects unequal shapes', (name, loss) => {
    expect(() => loss(Y, [0.7, 0.2, 0.1])).toThrow(
      `${name}: yPred must be of the shape of yTrue, [2,3]; received [3]`,
    );
    expect(() => loss([[1], [0]], [1, 0])).toThrow(ArgumentError);
  });

  test.each(SAME_SHAPE)('%s of NaN is NaN', (_, loss) => {
    const [sound, broken] = [[[1, 0]], [[Number.NaN, 0.5]]];
    expect(read(loss(sound, broken)), 'in a prediction').toEqual([Number.NaN]);
    expect(read(loss(broken, sound)), 'in a label').toEqual([Number.NaN]);
  });

  test.each(SAME_SHAPE)('%s works in model.compile', async (_, loss) => {
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 3, inputShape: [2], activation: 'softmax' })],
    });
    const optimizer = tf.train.sgd(0.1);
    const xs = tf.tensor2d([0.1, 0.2, 0.3, 0.4], [2, 2]);
    const ys = tf.tensor2d(Y);
    model.compile({ loss, optimizer });
    const reported = model.evaluate(xs, ys) as tf.Scalar;
    const predicted = model.predict(xs) as tf.Tensor;
    expectClose(read(reported), read(loss(ys, predicted)));
    const { history } = await model.fit(xs, ys, { epochs: 2, verbose: 0 });
    expect(history.loss).toHaveLength(2);
    for (const used of [xs, ys, predicted, model, optimizer]) used.dispose();
  });

  test.each(Object.entries(losses))('%s rejects an option that it does not have', (name, loss) => {
    const arity = name === 'triplet' ? 3 : 2;
    const call = (options: unknown) => () =>
      Reflect.apply(loss, undefined, [...new Array(arity).fill(Y), options]);
    expect(call({ from_logits: true })).toThrow(ArgumentError);
    expect(call({ reductoin: 'sum' })).toThrow(
      /^\w+: options must be among .*'reduction'.*; received 'reductoin'; did you mean 'reduction'\?$/,
    );
    expect(call('sum')).toThrow(`${name}: options must be an object with any of '`);
    expect(call(null)).toThrow(`${name}: options must be an object`);
  });

  test('options out of range are named', () => {
    const bad = (options: object) => () => losses.meanSquaredError(Y, P, options);
    expect(bad({ reduction: 'average' })).toThrow(
      `meanSquaredError: reduction must be one of 'mean', 'sum', 'none'; received "average"`,
    );
    expect(bad({ axis: 2 })).toThrow('axis must be an integer in [-2, 1]; received 2');
    expect(bad({ sampleWeight: [1, 2, 3] })).toThrow(
      'sampleWeight must be a number or of the shape [2] or its leading sizes; received [3]',
    );
    expect(() => losses.huber([1], [2], { delta: 0 })).toThrow(
      'delta must be a finite number above 0; received 0',
    );
    expect(() => losses.quantile([1], [2], { q: 1 })).toThrow(
      'q must be a finite number in (0, 1); received 1',
    );
    expect(() => losses.binaryCrossentropy([1], [1], { labelSmoothing: 2 })).toThrow(
      'labelSmoothing must be',
    );
    expect(() => losses.meanSquaredError([[1, 2], [3]], [[1, 2], [3]])).toThrow('yTrue must be a tensor');
  });
});

const logit = fc.double({ min: -1e4, max: 1e4, noNaN: true });

onBackends('laws', () => {
  test('cross-entropies of logits up to ±1e4 are finite, not negative, and right', () => {
    fc.assert(
      fc.property(logit, logit, fc.constantFrom(0, 1), (a, b, label) => {
        const x = [Math.fround(a), Math.fround(b)];
        const binary = read(losses.binaryCrossentropy([label], [x[0]!], { fromLogits: true }))[0]!;
        const z = label === 1 ? -x[0]! : x[0]!;
        expectClose([binary], [Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))], 1e-5);
        const several = read(losses.sparseCategoricalCrossentropy([label], [x], { fromLogits: true }))[0]!;
        const gap = x[1 - label]! - x[label]!;
        expectClose([several], [Math.max(gap, 0) + Math.log1p(Math.exp(-Math.abs(gap)))], 1e-5);
        expect(Math.min(binary, several)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });

  test('huber tends to half the squared error and to the absolute error', () => {
    const value = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(value, value, (y, p) => {
        const square = read(losses.meanSquaredError([y], [p]))[0]!;
        expectClose(read(losses.huber([y], [p], { delta: 1e3 })), [square / 2], 1e-5);
        const absolute = read(losses.meanAbsoluteError([y], [p]))[0]!;
        const small = read(losses.huber([y], [p], { delta: 1e-3 }))[0]! / 1e-3;
        expect(Math.abs(small - absolute)).toBeLessThan(1e-3 + 1e-5 * absolute);
      }),
      { numRuns: 40 },
    );
  });

  test('the Jensen–Shannon divergence is symmetric and within [0, log 2]', () => {
    const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
    const scaled = (w: number[]) => w.map((v) => v / w.reduce((a, b) => a + b));
    fc.assert(
      fc.property(weights, weights, (a, b) => {
        const [p, q] = [scaled(a), scaled(b)];
        const forth = read(losses.jensenShannon(p, q))[0]!;
        expectClose(read(losses.jensenShannon(q, p)), [forth], 1e-6);
        expect(forth).toBeGreaterThan(-1e-6);
        expect(forth).toBeLessThan(Math.LN2 + 1e-6);
      }),
      { numRuns: 40 },
    );
  });
});
