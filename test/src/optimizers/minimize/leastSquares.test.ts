import { describe, expect, test } from 'vitest';
import { minimize } from '../../../../src/optimizers/index.ts';
import { digits, problems, residualsOf } from './nist.ts';

const cases = problems.flatMap((problem) =>
  problem.starts.map((start, i) => ({
    ...problem,
    title: `${problem.name}, start ${i + 1}`,
    problem,
    start,
  })),
);

/** Too far for steps of Gauss–Newton: they lead to where the model is flat, or do not get on. */
const FAR = ['Eckerle4', 'MGH09', 'MGH10', 'MGH17', 'Rat43'].map((name) => `${name}, start 1`);

describe('the certified values of NIST, to six digits', () => {
  test.each(cases)('levenberg-marquardt: $title ($level)', ({ problem, start, sumOfSquares }) => {
    const found = minimize(residualsOf(problem), start, { method: 'levenberg-marquardt' });
    expect(found.converged).toBe(true);
    expect(digits(found.x, problem)).toBeGreaterThan(6);
    // Of Lanczos1 the certified sum is the rounding of its data.
    const tolerance = problem.name === 'Lanczos1' ? 1e-24 : 1e-8 * sumOfSquares;
    expect(Math.abs(2 * found.value - sumOfSquares)).toBeLessThan(tolerance);
  });

  test.each(cases.filter(({ title }) => !FAR.includes(title)))(
    'gauss-newton: $title ($level)',
    ({ problem, start }) => {
      const found = minimize(residualsOf(problem), start, { method: 'gauss-newton' });
      expect(found.converged).toBe(true);
      expect(digits(found.x, problem)).toBeGreaterThan(6);
    },
  );
});
