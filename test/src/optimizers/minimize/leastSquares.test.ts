import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../../../../src/core/random.ts';
import { minimize } from '../../../../src/optimizers/index.ts';
import { expectClose } from '../../support.ts';
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

describe.each(['levenberg-marquardt', 'gauss-newton'] as const)('%s', (method) => {
  // log x = 0: the full step from 5 leads to 5 − 5·log 5 < 0, where there is no logarithm.
  const logarithm = ([x]: Float64Array): number[] => [Math.log(x!)];

  test('backs off from where residuals are not finite', () => {
    const found = minimize(logarithm, [5], { method });
    expect(found.converged).toBe(true);
    expectClose([...found.x], [1], 1e-10);
  });

  test('stops for every reason', () => {
    const outside = minimize(logarithm, [-1], { method });
    expect([outside.reason, outside.converged, outside.iterations]).toEqual(['notFinite', false, 0]);
    const short = minimize(logarithm, [5], { method, maxIterations: 1 });
    expect([short.reason, short.converged, short.iterations]).toEqual(['maxIterations', false, 1]);
    const told: number[] = [];
    const stopped = minimize(logarithm, [5], {
      method,
      callback: ({ iteration, value, x }) => {
        expectClose([value], [0.5 * Math.log(x[0]!) ** 2], 1e-12);
        told.push(iteration);
        return iteration === 2;
      },
    });
    expect([stopped.reason, told]).toEqual(['callback', [1, 2]]);
    const few = minimize(logarithm, [5], { method, maxEvaluations: 4 });
    expect([few.reason, few.converged]).toEqual(['maxEvaluations', false]);
    const loose = minimize(logarithm, [5], { method, tolerance: 0.1 });
    expect(loose.reason).toBe('gradientTolerance');
  });

  test('takes fewer residuals than coordinates', () => {
    const found = minimize(([x, y]) => [x! + y! - 3], [0, 0], { method });
    expect(found.converged).toBe(true);
    expectClose([found.value, found.x[0]! + found.x[1]!], [0, 3], 1e-12);
  });

  test('goes on after a step to where its own coordinate has no slope left', () => {
    // The first step of Gauss and Newton from (1, 1) ends at (0, 1), where x has none and y has.
    const found = minimize(([x, y]) => [x! * x! + y! * y!], [1, 1], { method, tolerance: 1e-8 });
    expect(found.reason).toBe('gradientTolerance');
    expectClose([...found.x], [0, 0], 1e-2);
  });

  test('solves linear problems in one step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 6 }), (seed, n) => {
        const { normal } = random(seed);
        const truth = Array.from({ length: n }, () => normal());
        const rows = Array.from({ length: n + 3 }, () => truth.map(() => normal()));
        const dot = (a: readonly number[], b: ArrayLike<number>): number =>
          a.reduce((sum, value, j) => sum + value * b[j]!, 0);
        const f = (x: Float64Array): number[] => rows.map((row) => dot(row, x) - dot(row, truth));
        const found = minimize(
          f,
          truth.map(() => 0),
          { method, jacobian: () => rows },
        );
        expectClose([...found.x], truth, 1e-6);
      }),
      { numRuns: 40 },
    );
  });
});
