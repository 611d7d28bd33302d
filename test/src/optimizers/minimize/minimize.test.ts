import { describe, expect, test } from 'vitest';
import { minimize } from '../../../../src/optimizers/index.ts';
import { expectClose } from '../../support.ts';
import { eggholder, known, rosenbrock, rosenbrockGradient } from './functions.ts';

const methods = ['lbfgs', 'bfgs', 'newton-cg'] as const;

describe.each(methods)('%s', (method) => {
  test.each(known)('finds the minimum of $name', ({ f, gradient, start, minimum, value }) => {
    const found = minimize(f, start, { method, gradient });
    expect(found.reason).toBe('gradientTolerance');
    expect(found.converged).toBe(true);
    expectClose([...found.x], [...minimum], 1e-6);
    expectClose([found.value], [value], 1e-12);
    expect(Math.max(...found.gradient.map(Math.abs))).toBeLessThanOrEqual(1e-8);
  });

  test.each(known)('finds that of $name without its gradient', ({ f, start, minimum, value }) => {
    const found = minimize(f, start, { method });
    expect(found.converged).toBe(true);
    expectClose([...found.x], [...minimum], 1e-6);
    expectClose([found.value], [value], 1e-12);
  });

  test('finds the least value of Eggholder’s function', () => {
    // −959.6407 at (512, 404.2319): optax, lbfgs_test.py. The minimum lies on the border; without one the function falls on.
    const inside = (x: Float64Array): number => eggholder(x) + 1e3 * Math.max(0, x[0]! - 512) ** 2;
    const found = minimize(inside, [500, 400], { method, tolerance: 1e-5 });
    expectClose([found.value], [-959.6407], 1e-4);
  });
});

test('lbfgs takes 1000 variables', () => {
  const start = Float64Array.from({ length: 1000 }, (_, i) => (i % 2 ? 1 : -1.2));
  const found = minimize(rosenbrock, start, { gradient: rosenbrockGradient, maxIterations: 10_000 });
  expect(found.reason).toBe('gradientTolerance');
  expectClose([...found.x], new Array<number>(1000).fill(1), 1e-6);
});
