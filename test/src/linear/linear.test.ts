import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { tf } from '../../../src/backend/index.ts';
import { objectBundle } from '../../../src/display/objects.ts';
import * as linear from '../../../src/linear/index.ts';
import { expectClose, onBackends } from '../support.ts';
import { fixture, tight } from './support.ts';

const { x, y } = fixture.sets.tall;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('values of scikit-learn’s documentation', () => {
  // LinearRegression: reg.coef_ array([1., 2.]), reg.intercept_ 3.0, reg.predict([[3, 5]]) array([16.])
  it('leastSquares', () => {
    const model = linear.leastSquares(
      [
        [1, 1],
        [1, 2],
        [2, 2],
        [2, 3],
      ],
      [6, 8, 9, 11],
    );
    expectClose([...model.coefficients, model.intercept, ...model.predict([[3, 5]])], [1, 2, 3, 16], 1e-12);
  });

  // Ridge of the user guide: reg.coef_ array([0.34545455, 0.34545455]), reg.intercept_ 0.13636
  it('ridge', () => {
    const model = linear.ridge(
      [
        [0, 0],
        [0, 0],
        [1, 1],
      ],
      [0, 0.1, 1],
      { alpha: 0.5 },
    );
    expectClose([...model.coefficients, model.intercept], [0.34545455, 0.34545455, 0.13636363], 1e-8);
  });

  // Lasso: clf.coef_ [0.85 0.  ], clf.intercept_ 0.15
  it('lasso', () => {
    const model = linear.lasso(
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      [0, 1, 2],
      { alpha: 0.1 },
    );
    expectClose([...model.coefficients, model.intercept], [0.85, 0, 0.15], 1e-12);
  });

  // Lasso of the user guide: reg.predict([[1, 1]]) array([0.8])
  it('predictions of the lasso', () => {
    expectClose(
      linear
        .lasso(
          [
            [0, 0],
            [1, 1],
          ],
          [0, 1],
          { alpha: 0.1 },
        )
        .predict([[1, 1]]),
      [0.8],
      1e-12,
    );
  });
});

describe('the minimum', () => {
  /** The slopes of the smooth part of the objective of `elasticNet`. */
  const slopes = (model: linear.LinearModel, ridgePart: number): number[] => {
    const errors = model.predict(x).map((value, i) => value - y[i]!);
    return model.coefficients.map(
      (w, j) => errors.reduce((sum, error, i) => sum + error * x[i]![j]!, 0) / y.length + ridgePart * w,
    );
  };

  it('has slopes of α·l1Ratio where a coefficient is not 0, and no larger ones elsewhere', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 3, noNaN: true }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (alpha, l1Ratio) => {
          const model = linear.elasticNet(x, y, { alpha, l1Ratio, ...tight });
          slopes(model, alpha * (1 - l1Ratio)).forEach((slope, j) => {
            const w = model.coefficients[j]!;
            if (w === 0) expect(Math.abs(slope)).toBeLessThanOrEqual(alpha * l1Ratio + 1e-9);
            else expect(slope).toBeCloseTo(-Math.sign(w) * alpha * l1Ratio, 6);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of ridge with n·α is that of the elastic net without its first part', () => {
    const net = linear.elasticNet(x, y, { alpha: 0.3, l1Ratio: 0 });
    const near = linear.elasticNet(x, y, { alpha: 0.3, l1Ratio: 1e-9, ...tight });
    expectClose(net.coefficients, linear.ridge(x, y, { alpha: 0.3 * y.length }).coefficients, 1e-12);
    expectClose(net.coefficients, near.coefficients, 1e-6);
  });

  it('without a penalty is that of least squares', () => {
    const { coefficients } = linear.leastSquares(x, y);
    expectClose(linear.ridge(x, y, { alpha: 0 }).coefficients, coefficients, 1e-12);
    expectClose(linear.lasso(x, y, { alpha: 0 }).coefficients, coefficients, 1e-12);
  });

  it('is found where the columns are nearly one, and of very unequal size', () => {
    const nearly = x.map((row) => [row[0]!, row[0]! + 1e-7 * row[1]!, 1e6 * row[2]!]);
    const target = nearly.map(([a, b, c]) => 2 * a! - b! + 1e-6 * c! + 5);
    expectClose(linear.leastSquares(nearly, target).coefficients, [2, -1, 1e-6], 1e-6);
  });

  it('of a constant target is 0 but for the intercept', () => {
    const model = linear.lasso(
      x,
      y.map(() => 4),
    );
    expect(model.coefficients).toEqual([0, 0, 0, 0, 0]);
    expect([model.intercept, model.converged]).toEqual([4, true]);
  });

  it('is told from where the rounds have ended', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const model = linear.lasso(x, y, { alpha: 0.01, maxIterations: 1 });
    expect(model.converged).toBe(false);
    expect(model.dualityGap).toBeGreaterThan(0);
    expect(warn.mock.calls[0]![0]).toMatch(/^lasso: not converged after 1 rounds: the duality gap is/);
    expect(linear.lasso(x, y, { alpha: 0.01 }).converged).toBe(true);
  });
});

describe('paths', () => {
  it('begin where the first feature comes in', () => {
    const { alphas, coefficients, iterations } = linear.lassoPath(x, y, { alphas: 30 });
    expect(alphas).toHaveLength(30);
    expect(alphas[29]! / alphas[0]!).toBeCloseTo(1e-3, 12);
    expect(coefficients[0]!.every((w) => w === 0)).toBe(true);
    expect(coefficients[1]!.filter((w) => w !== 0)).toHaveLength(1);
    expect(iterations[0]).toBe(0);
  });

  it('are what the models give one by one', () => {
    const path = linear.elasticNetPath(x, y, { l1Ratio: 0.4, alphas: [0.1, 1, 0.01], ...tight });
    expect(path.alphas).toEqual([1, 0.1, 0.01]);
    path.alphas.forEach((alpha, i) => {
      const model = linear.elasticNet(x, y, { alpha, l1Ratio: 0.4, ...tight });
      expectClose(
        [...path.coefficients[i]!, path.intercepts[i]!],
        [...model.coefficients, model.intercept],
        1e-8,
      );
    });
    const ridges = linear.ridgePath(x, y, { alphas: [3, 0.5] });
    expectClose(ridges.coefficients[1]!, linear.ridge(x, y, { alpha: 0.5 }).coefficients, 1e-12);
  });

  it('of ridge regressions go by themselves from nothing to nearly least squares', () => {
    const path = linear.ridgePath(x, y);
    expect([path.alphas.length, path.coefficients.length]).toEqual([100, 100]);
    const means = x[0]!.map((_, j) => x.reduce((sum, row) => sum + row[j]!, 0) / x.length);
    const squares = x.flatMap((row) => row.map((value, j) => (value - means[j]!) ** 2));
    const high = 100 * squares.reduce((a, b) => a + b, 0);
    expectClose([path.alphas[0]! / high, path.alphas[99]! / high], [1, 1e-6], 1e-12);
    const norm = (w: readonly number[]): number => Math.hypot(...w);
    const free = linear.leastSquares(x, y).coefficients;
    expect(norm(path.coefficients[0]!)).toBeLessThan(0.01 * norm(free));
    expectClose(path.coefficients[99]!, free, 1e-2);
    // The norm of a ridge solution falls with its penalty.
    const norms = path.coefficients.map(norm);
    expect(norms.every((one, i) => i === 0 || one >= norms[i - 1]!)).toBe(true);
    expect(linear.ridgePath(x, y, { alphas: 3, epsilon: 0.01 }).alphas.map((alpha) => alpha / high)).toEqual([
      expect.closeTo(1, 10),
      expect.closeTo(0.1, 10),
      expect.closeTo(0.01, 10),
    ]);
  });
});

describe('logistic regression', () => {
  it('takes any labels, and separates what can be separated', () => {
    const model = linear.logisticRegression([[0], [1], [2], [3]], [-5, -5, 7, 7], { C: 100 });
    expect(model.classes).toEqual([-5, 7]);
    expect(model.predict([[0.5], [2.5]])).toEqual([-5, 7]);
    expectClose(model.predictProbabilities([[1.5]])[0]!, [0.5, 0.5], 1e-6);
  });

  it('needs two labels', () => {
    expect(() => linear.logisticRegression([[0], [1]], [1, 1])).toThrow(
      'logisticRegression: y must be of two labels or more; received only 1',
    );
    expect(() => linear.logisticRegression([[0], [1]], [0, 1], { C: 0 })).toThrow(
      'logisticRegression: C must be a finite number above 0; received 0',
    );
  });
});

it('a path shows itself as a chart, and as text', async () => {
  const { data } = (await objectBundle(linear.lassoPath(x, y, { alphas: 20 })))!;
  expect(Object.keys(data)).toContain('application/vnd.vegalite.v5+json');
  expect(data['text/plain']).toMatch(/^alpha \S+ +0 of 5 features\n/);
});

it('shuffles before cross-validation when a seed is given', () => {
  const errors = (seed?: number): number[][] =>
    linear.lassoCv(x, y, { folds: 3, alphas: 3, seed }).meanSquaredErrors;
  expect(errors(1)).toEqual(errors(1));
  expect(errors(1)).not.toEqual(errors());
  expect(errors(1)).not.toEqual(errors(2));
});

onBackends('samples in tensors and typed arrays', () => {
  it('give the same model', () => {
    const expected = linear.lasso(x, y, { alpha: 0.1 }).coefficients;
    const rows = x.map((row) => Float64Array.from(row));
    expect(linear.lasso(rows, Float64Array.from(y), { alpha: 0.1 }).coefficients).toEqual(expected);
    const [xTensor, yTensor] = [tf.tensor2d(x), tf.tensor1d(y)];
    expectClose(linear.lasso(xTensor, yTensor, { alpha: 0.1 }).coefficients, expected, 1e-5);
    const several = yTensor.expandDims<tf.Tensor2D>(1);
    expectClose(linear.ridge(xTensor, several).coefficients[0]!, linear.ridge(x, y).coefficients, 1e-5);
    tf.dispose([xTensor, yTensor, several]);
  });
});

it.each([
  [
    () => linear.lasso([1, 2], [1, 2]),
    'lasso: x must be of the shape [samples, features]; received the shape [2]',
  ],
  [
    () => linear.ridge([[1], [2]], [1, 2, 3]),
    'ridge: y must be of the shape [2] or [2, targets], one for each row of x; received the shape [3]',
  ],
  [
    () => linear.lasso([[1], [2]], [[1], [2]]),
    'lasso: y must be of the shape [2], one for each row of x; received the shape [2,1]',
  ],
  [
    () => linear.ridge([[1], [Number.NaN]], [1, 2]),
    'ridge: x must be of finite numbers; received NaN at element 1',
  ],
  [
    () => linear.leastSquares([[1, 2], [3]], [1, 2]),
    'leastSquares: x must be a tensor, a typed array or nested arrays of numbers; received [[1,2],[3]]',
  ],
  [
    () =>
      linear.lasso(
        [
          [1, null as never],
          [2, 3],
        ],
        [1, 2],
      ),
    'lasso: x must be a tensor, a typed array or nested arrays of numbers',
  ],
  [
    () => linear.ridge(x, y, { alpha: -1 }),
    'ridge: alpha must be a finite number of at least 0; received -1',
  ],
  [
    () => linear.elasticNet(x, y, { l1Ratio: 2 }),
    'elasticNet: l1Ratio must be a finite number in [0, 1]; received 2',
  ],
  [
    () => linear.lasso(x, y, { alpa: 1 } as never),
    "lasso: options must be among 'alpha', 'fitIntercept', 'tolerance', 'maxIterations'; received 'alpa'; did you mean 'alpha'?",
  ],
  [
    () => linear.lasso(x, y, { tolerance: 0 }),
    'lasso: tolerance must be a finite number above 0; received 0',
  ],
  [
    () => linear.lassoPath(x, y, { alphas: [1, 0] }),
    'lassoPath: alphas must be a count, or a list of finite numbers above 0; received [1,0]',
  ],
  [
    () =>
      linear.lassoPath(
        x,
        y.map(() => 1),
      ),
    'lassoPath: y must be correlated with a feature; received targets that no feature explains',
  ],
  [() => linear.lassoCv(x, y, { folds: 31 }), 'lassoCv: folds must be an integer in [2, 30]; received 31'],
  [
    () => linear.ridgePath(x, y, { alphas: [0, 1] }),
    'ridgePath: alphas must be a count, or a list of finite numbers above 0; received [0,1]',
  ],
  [
    () => linear.ridgePath(x, y, { alphas: 0 }),
    'ridgePath: alphas must be an integer of at least 1; received 0',
  ],
  [
    () =>
      linear.ridgePath(
        x.map(() => [1]),
        y,
      ),
    'ridgePath: x must be samples that differ, or given with a list of alphas; received features that do not vary',
  ],
  [
    () => linear.ridge(x, y).predict([[1, 2]]),
    'predict: x must be of the shape [samples, 5], as in training; received the shape [1,2]',
  ],
])('an argument that does not fit is an error: %#', (call, message) => {
  expect(call).toThrow(message);
});
