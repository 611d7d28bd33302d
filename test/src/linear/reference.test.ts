import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ElasticNetOptions, elasticNet, lasso, leastSquares, ridge } from '../../../src/linear/index.ts';
import { expectClose } from '../support.ts';

const models = { leastSquares, ridge, lasso, elasticNet };

type Kind = keyof typeof models;

interface Case<T> {
  model: Kind;
  options: ElasticNetOptions;
  coefficients: T[];
  intercept: T;
  predictions: T[];
}

interface Data {
  x: number[][];
  y: number[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../../reference/fixtures/linear.json', import.meta.url), 'utf8'),
) as {
  sets: { tall: Data } & Record<string, Data>;
  cases: (Case<number> & { set: string })[];
  several: (Omit<Case<number[]>, 'intercept'> & { intercept: number[]; y: number[][] })[];
};

const tight = { tolerance: 1e-13, maxIterations: 1_000_000 };

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
    const fitSeveral = model === 'ridge' ? ridge : leastSquares;
    const { x } = fixture.sets.tall;
    const fitted = fitSeveral(x, y, options);
    expectClose(fitted.coefficients.flat(), expected.coefficients.flat());
    expectClose(fitted.intercept, expected.intercept);
    expectClose(fitted.predict(x.slice(0, 3)).flat(), expected.predictions.flat());
    expect(fitted.predict(x.slice(0, 3))).toHaveLength(3);
  });
});
