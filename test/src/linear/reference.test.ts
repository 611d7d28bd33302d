import { describe, expect, it } from 'vitest';
import {
  elasticNet,
  elasticNetCv,
  elasticNetPath,
  lasso,
  lassoCv,
  leastSquares,
  logisticRegression,
  ridge,
  ridgeCv,
} from '../../../src/linear/index.ts';
import { expectClose } from '../support.ts';
import { fixture, tight } from './support.ts';

const models = { leastSquares, ridge, lasso, elasticNet };

describe('solutions of scikit-learn', () => {
  it.each(fixture.cases)('$model $set $options', ({ set, model, options, ...expected }) => {
    const { x, y } = fixture.sets[set]!;
    const isIterative = model === 'lasso' || model === 'elasticNet';
    const fitted = models[model](x, y, { ...options, ...(isIterative && tight) });
    expectClose(fitted.coefficients, expected.coefficients);
    expectClose([fitted.intercept], [expected.intercept]);
    expectClose(fitted.predict(x.slice(0, 3)), expected.predictions);
  });

  it.each(fixture.several)('$model of two targets', ({ model, options, y, ...expected }) => {
    const { x } = fixture.sets.tall;
    const fitted = model === 'ridge' ? ridge(x, y, options) : leastSquares(x, y);
    expectClose(fitted.coefficients.flat(), expected.coefficients.flat());
    expectClose(fitted.intercept, expected.intercept);
    expectClose(fitted.predict(x.slice(0, 3)).flat(), expected.predictions.flat());
    expect(fitted.predict(x.slice(0, 3))).toHaveLength(3);
  });
});

it.each(fixture.paths)('the path of scikit-learn: $set $options', ({ set, options, ...expected }) => {
  const { x, y } = fixture.sets[set]!;
  const path = elasticNetPath(x, y, { ...options, ...tight });
  expectClose(path.alphas, expected.alphas);
  expectClose(path.coefficients.flat(), expected.coefficients.flat());
});

it.each(fixture.chosen)('the choice of scikit-learn: $model $set $options', (chosen) => {
  const { x, y } = fixture.sets[chosen.set]!;
  const fitted =
    chosen.model === 'ridgeCv'
      ? ridgeCv(x, y, chosen.options)
      : chosen.model === 'elasticNetCv'
        ? elasticNetCv(x, y, { ...chosen.options, ...tight })
        : lassoCv(x, y, { ...(chosen.options as { folds: number }), ...tight });
  expectClose([fitted.alpha], [chosen.alpha]);
  expectClose(fitted.meanSquaredErrors.flat(), chosen.errors.flat());
  expectClose(fitted.coefficients, chosen.coefficients);
  expectClose([fitted.intercept], [chosen.intercept]);
});

it.each(fixture.classes)(
  'the logistic regression of scikit-learn: %#',
  ({ x, labels, options, ...expected }) => {
    const model = logisticRegression(x, labels, { ...options, tolerance: 1e-10 });
    expectClose(model.coefficients.flat(), expected.coefficients.flat());
    expectClose(model.intercept, expected.intercept);
    const unseen = x.slice(0, 5);
    expectClose(model.predictProbabilities(unseen).flat(), expected.probabilities.flat());
    expect(model.predict(unseen)).toEqual(expected.predictions);
    expect(model.converged).toBe(true);
  },
);
