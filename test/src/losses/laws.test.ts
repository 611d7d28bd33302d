import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import type { TensorLike } from '../../../src/core/types.ts';
import * as losses from '../../../src/losses/index.ts';
import { expectClose, onBackends, read } from '../support.ts';

type Loss = (yTrue: TensorLike, yPred: TensorLike, options?: object) => tf.Tensor;

const RUNS = { numRuns: 40 };
const real = (max = 5) => fc.double({ min: -max, max, noNaN: true }).map(Math.fround);
const matrix = (value: fc.Arbitrary<number>, rows = 3, columns = 4) =>
  fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const vector = (value: fc.Arbitrary<number>, length: number) =>
  fc.array(value, { minLength: length, maxLength: length });
const distribution = (size = 4) =>
  vector(fc.double({ min: 0.01, max: 1, noNaN: true }), size).map((w) => {
    const total = w.reduce((a, b) => a + b);
    return w.map((v) => v / total);
  });
const distributions = fc.array(distribution(), { minLength: 3, maxLength: 3 });
const one = (x: tf.Tensor): number => read(x)[0]!;

/** With targets and predictions that suit each. */
const suited: readonly (readonly [string, Loss, fc.Arbitrary<number[][]>, fc.Arbitrary<number[][]>])[] = [
  ...[losses.meanSquaredError, losses.meanAbsoluteError, losses.huber, losses.logCosh, losses.quantile].map(
    (loss) => [loss.name, loss as Loss, matrix(real()), matrix(real())] as const,
  ),
  ['cosineSimilarity', losses.cosineSimilarity, matrix(real()), matrix(real())],
  ['hinge', losses.hinge, matrix(fc.constantFrom(0, 1)), matrix(real())],
  ['poisson', losses.poisson, matrix(fc.nat(5)), matrix(real().map(Math.abs))],
  ['binaryCrossentropy', losses.binaryCrossentropy, distributions, distributions],
  ['categoricalCrossentropy', losses.categoricalCrossentropy, distributions, distributions],
  ['categoricalFocal', losses.categoricalFocal, distributions, distributions],
  ['klDivergence', losses.klDivergence, distributions, distributions],
  ['jensenShannon', losses.jensenShannon, distributions, distributions],
];

onBackends('reductions', () => {
  test.each(suited)(
    'of %s agree, are linear in the weights, and leave out what is masked',
    (_, loss, y, p) => {
      const weights = vector(fc.double({ min: 0, max: 3, noNaN: true }), 3);
      const masks = vector(fc.constantFrom(0, 1), 3);
      fc.assert(
        fc.property(y, p, weights, masks, (truth, prediction, sampleWeight, mask) => {
          const each = read(loss(truth, prediction, { reduction: 'none' }));
          const total = (factors: number[]) => each.reduce((sum, value, i) => sum + value * factors[i]!, 0);
          const counted = Math.max(mask[0]! + mask[1]! + mask[2]!, 1);
          expectClose(read(loss(truth, prediction, { reduction: 'sum' })), [total([1, 1, 1])]);
          expectClose(read(loss(truth, prediction)), [total([1, 1, 1]) / 3]);
          expectClose(read(loss(truth, prediction, { sampleWeight })), [total(sampleWeight) / 3]);
          expectClose(read(loss(truth, prediction, { mask })), [total(mask) / counted]);
          expectClose(
            read(loss(truth, prediction, { sampleWeight: mask, reduction: 'sum' })),
            read(loss(truth, prediction, { mask, reduction: 'sum' })),
          );
        }),
        RUNS,
      );
    },
  );
});

onBackends('laws of losses', () => {
  test('the Kullback–Leibler divergence is at least 0, and 0 for equal distributions alone', () => {
    fc.assert(
      fc.property(distribution(), distribution(), (p, q) => {
        const divergence = one(losses.klDivergence([p], [q]));
        // Pinsker's inequality: at least half the squared distance of the distributions.
        const distance = p.reduce((sum, value, i) => sum + Math.abs(value - q[i]!), 0);
        expect(divergence).toBeGreaterThan(distance ** 2 / 2 - 1e-6);
        expect(Math.abs(one(losses.klDivergence([p], [p])))).toBeLessThan(1e-7);
        // Cross-entropy is entropy and divergence.
        const entropy = one(losses.categoricalCrossentropy([p], [p]));
        expectClose(read(losses.categoricalCrossentropy([p], [q])), [entropy + divergence]);
      }),
      RUNS,
    );
  });

  test('NT-Xent is the same with the views swapped and with the samples in another order', () => {
    fc.assert(
      fc.property(matrix(real()), matrix(real()), fc.double({ min: 0.1, max: 2, noNaN: true }), (a, b, t) => {
        const options = { temperature: t };
        const value = one(losses.ntXent(a, b, options));
        expect(value).toBeGreaterThanOrEqual(0);
        expectClose(read(losses.ntXent(b, a, options)), [value]);
        expectClose(read(losses.ntXent([...a].reverse(), [...b].reverse(), options)), [value]);
      }),
      RUNS,
    );
  });

  test('the triplet loss is at least 0, and the margin where both distances are equal', () => {
    fc.assert(
      fc.property(
        matrix(real()),
        matrix(real()),
        matrix(real()),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (a, p, n, margin) => {
          expect(
            Math.min(...read(losses.triplet(a, p, n, { margin, reduction: 'none' }))),
          ).toBeGreaterThanOrEqual(0);
          expectClose(read(losses.triplet(a, p, p, { margin })), [Math.fround(margin)]);
        },
      ),
      RUNS,
    );
  });

  test('a constant added to the logits changes no softmax cross-entropy', () => {
    fc.assert(
      fc.property(matrix(real()), distributions, real(1000), (x, y, shift) => {
        const options = { fromLogits: true };
        const shifted = x.map((row) => row.map((value) => value + shift));
        const expected = read(losses.categoricalCrossentropy(y, x, options));
        expectClose(read(losses.categoricalCrossentropy(y, shifted, options)), expected, 5e-4);
      }),
      RUNS,
    );
  });

  test('focal losses without focus and weights are cross-entropies; of Tversky, one half twice is Dice', () => {
    fc.assert(
      fc.property(matrix(real()), distributions, distributions, (x, y, p) => {
        const plain = { gamma: 0, alpha: null };
        const close = (a: tf.Tensor, b: tf.Tensor) => expectClose(read(a), read(b));
        const logits = { fromLogits: true };
        close(losses.binaryFocal(y, x, { ...plain, ...logits }), losses.binaryCrossentropy(y, x, logits));
        close(losses.categoricalFocal(y, p, plain), losses.categoricalCrossentropy(y, p));
        close(losses.tversky(y, p), losses.dice(y, p));
      }),
      RUNS,
    );
  });

  test('the cosine knows no length', () => {
    const scale = fc.double({ min: 0.1, max: 100, noNaN: true });
    const away = fc.double({ min: 0.5, max: 5, noNaN: true });
    fc.assert(
      fc.property(matrix(away), matrix(real()), scale, (y, p, s) => {
        const longer = y.map((row) => row.map((value) => value * s));
        expectClose(read(losses.cosineSimilarity(longer, p)), read(losses.cosineSimilarity(y, p)));
      }),
      RUNS,
    );
  });
});

onBackends('logits of up to ±1e4', () => {
  const large = fc.oneof(fc.constantFrom(-1e4, 0, 1e4), real(1e4));
  const labels = fc.array(fc.nat(3), { minLength: 3, maxLength: 3 });
  const coded = (y: number[]) => y.map((k) => [0, 1, 2, 3].map((j) => Number(j === k)));
  const of = (loss: unknown) => loss as Loss;

  test.each([
    ['binaryCrossentropy', of(losses.binaryCrossentropy), {}],
    ['binaryCrossentropy, smoothed', of(losses.binaryCrossentropy), { labelSmoothing: 0.1 }],
    ['categoricalCrossentropy', of(losses.categoricalCrossentropy), {}],
    ['categoricalCrossentropy, smoothed', of(losses.categoricalCrossentropy), { labelSmoothing: 0.1 }],
    [
      'sparseCategoricalCrossentropy',
      of(losses.sparseCategoricalCrossentropy),
      { classWeight: [1, 2, 3, 4] },
    ],
    ...[0, 0.5, 2].flatMap((gamma): [string, Loss, object][] => [
      [`binaryFocal, gamma ${gamma}`, of(losses.binaryFocal), { gamma }],
      [`categoricalFocal, gamma ${gamma}`, of(losses.categoricalFocal), { gamma, labelSmoothing: 0.1 }],
    ]),
  ])(
    '%s: value, gradient and second derivative are finite, and the loss is not negative',
    (name, loss, own) => {
      fc.assert(
        fc.property(matrix(large), labels, (x, y) => {
          const truth = name.startsWith('sparse') ? y : coded(y);
          const f = (p: tf.Tensor) => loss(truth, p, { ...own, fromLogits: true });
          const [value, gradient, second] = tf.tidy(() => {
            const at = tf.tensor(x);
            const slope = (p: tf.Tensor) => tf.sum(tf.grad(f)(p));
            return [f(at), tf.grad(f)(at), tf.grad(slope)(at)].map((t) => [...t.dataSync()]);
          });
          expect(value![0]).toBeGreaterThanOrEqual(0);
          for (const values of [value!, gradient!, second!]) expect(values.every(Number.isFinite)).toBe(true);
        }),
        { numRuns: 30 },
      );
    },
  );
});
