import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../../../src/core/check.ts';
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

describe('every stop has its reason', () => {
  const f = rosenbrock;
  const gradient = rosenbrockGradient;
  const start = [-1.2, 1];

  test('tolerances of the value and of the step', () => {
    const byValue = minimize(f, start, { gradient, functionTolerance: 0.1 });
    expect([byValue.reason, byValue.converged]).toEqual(['functionTolerance', true]);
    const byStep = minimize(f, start, { gradient, stepTolerance: 0.05 });
    expect([byStep.reason, byStep.converged]).toEqual(['stepTolerance', true]);
    expect(byValue.iterations).toBeLessThan(minimize(f, start, { gradient }).iterations);
  });

  test('limits', () => {
    const short = minimize(f, start, { gradient, maxIterations: 3 });
    expect([short.reason, short.converged, short.iterations]).toEqual(['maxIterations', false, 3]);
    const none = minimize(f, start, { gradient, maxIterations: 0 });
    expect([none.reason, none.iterations, none.evaluations]).toEqual(['maxIterations', 0, 1]);
    const few = minimize(f, start, { maxEvaluations: 30 });
    expect([few.reason, few.converged]).toEqual(['maxEvaluations', false]);
    expect(few.evaluations).toBeLessThan(60);
  });

  test('a callback sees each iteration and can stop', () => {
    const seen: number[] = [];
    const found = minimize(f, start, {
      gradient,
      callback: ({ iteration, value, x, gradientNorm, evaluations }) => {
        expect(value).toBe(rosenbrock(x));
        expect(gradientNorm).toBe(Math.max(...rosenbrockGradient(x).map(Math.abs)));
        expect(evaluations).toBeGreaterThanOrEqual(iteration);
        seen.push(iteration);
        return iteration === 4;
      },
    });
    expect(seen).toEqual([1, 2, 3, 4]);
    expect([found.reason, found.converged, found.iterations]).toEqual(['callback', false, 4]);
  });

  test('a start that is a minimum', () => {
    const found = minimize(f, [1, 1], { gradient });
    expect([found.reason, found.iterations, found.evaluations]).toEqual(['gradientTolerance', 0, 1]);
  });

  test.each(methods)('%s: a start where the value is not finite', (method) => {
    const found = minimize(([x]) => Math.log(x!), [-1], { method });
    expect([found.reason, found.converged, found.value]).toEqual(['notFinite', false, Number.NaN]);
  });

  test('a gradient that is not one', () => {
    const found = minimize(([x]) => x! ** 2, [1], { gradient: ([x]) => [-2 * x!] });
    expect([found.reason, found.converged]).toEqual(['lineSearchFailed', false]);
    expect([...found.x]).toEqual([1]);
  });

  test.each(methods)('%s: differences, whose error hides the way', (method) => {
    const starts = [
      [0, 0],
      [2, 2],
      [-3, -4],
      [0.5, 0.1],
      [10, 10],
    ];
    for (const from of starts) {
      const found = minimize(f, from, { method });
      expect(found.converged, `${from}: ${found.reason}`).toBe(true);
      expect(found.evaluations).toBeLessThan(2000);
      expectClose([...found.x], [1, 1], 1e-5);
    }
  });

  test.each(methods)('%s: a value that falls without end', (method) => {
    for (const gradient of [undefined, () => [-1]]) {
      const found = minimize(([x]) => -x!, [0], { method, gradient });
      expect([found.reason, found.converged]).toEqual(['lineSearchFailed', false]);
    }
  });

  test('a value whose rounding hides the minimum', () => {
    // The parabola is lost in the rounding of 10¹² within 10⁻² of its minimum.
    const found = minimize(([x]) => 1e12 + (x! - 2) ** 2, [5], { gradient: ([x]) => [2 * (x! - 2)] });
    expect(found.converged).toBe(true);
    expectClose([...found.x], [2], 1e-2);
  });
});

describe.each(methods)('%s backs off', (method) => {
  test('from where the value is not finite', () => {
    // x − log x, whose first step from 0.01 leads far below 0
    const found = minimize(([x]) => x! - Math.log(x!), [1e-2], { method });
    expect(found.converged).toBe(true);
    expectClose([...found.x], [1], 1e-6);
    // √ of a circle: NaN outside
    const bowl = ([x, y]: Float64Array): number => -Math.sqrt(1 - (x! - 0.5) ** 2 - y! ** 2);
    expectClose([...minimize(bowl, [-0.45, 0.1], { method }).x], [0.5, 0], 1e-6);
  });
});

describe('functions may keep and change what they are given', () => {
  test.each(methods)('%s', (method) => {
    const path: Float64Array[] = [];
    const f = (x: Float64Array): number => {
      const value = (x[0]! - 1) ** 2 + (x[1]! + 2) ** 2;
      path.push(x.slice());
      x.fill(Number.NaN);
      return value;
    };
    expectClose([...minimize(f, [4, 4], { method }).x], [1, -2], 1e-6);
    expect([...path[0]!]).toEqual([4, 4]);
  });
});

test('wrong arguments', () => {
  const f = (x: Float64Array): number => x[0]! ** 2;
  const call =
    (...given: unknown[]) =>
    () =>
      Reflect.apply(minimize, undefined, given);
  const cases: [unknown[], string][] = [
    [[f, [1], { method: 'newton' }], "minimize: method must be one of 'lbfgs', 'bfgs', 'newton-cg'"],
    [[f, [1], { maxIteration: 1 }], "received 'maxIteration'; did you mean 'maxIterations'?"],
    [
      [f, [1], { method: 'bfgs', bounds: [0, 1] }],
      "bounds must be left out for the method 'bfgs'; it is for 'lbfgs'",
    ],
    [[f, [1], { method: 'bfgs', memory: 3 }], 'memory must be left out'],
    [[f, [1], { jacobian: f }], "it is for 'levenberg-marquardt' and 'gauss-newton'"],
    [
      [f, [1, 2], { bounds: [[0, 1]] }],
      'bounds must be one pair [low, high], or one for each of 2 coordinates',
    ],
    [[f, [1], { bounds: [[2, 1]] }], 'bounds[0] must be two numbers, the smaller first; received [2,1]'],
    [[f, [1], { bounds: [[Number.NaN, 1]] }], 'bounds[0] must be two numbers'],
    [
      [f, [1], { gradient: () => [1, 2] }],
      'gradient must be a function that returns 1 numbers; received an array of 2',
    ],
    [[f, [1], { gradient: 3 }], 'gradient must be a function; received 3'],
    [[f, [1], { memory: 0 }], 'memory must be an integer of at least 1'],
    [[f, [1], { tolerance: -1 }], 'tolerance must be a finite number of at least 0'],
    [[f, [1], { maxIterations: 1.5 }], 'maxIterations must be an integer'],
    [[f, [1], { callback: true }], 'callback must be a function'],
    [[f, []], 'x0 must be at least one number'],
    [[f, [1, Number.NaN]], 'x0[1] must be a finite number; received NaN'],
    [[f, 'x'], 'x0 must be an array of numbers, a tensor of float32'],
    [[f, undefined], 'x0 must be an array of numbers, a tensor of float32'],
    [['f', [1]], 'f must be a function'],
    [[() => 'no', [1]], 'f must be a function that returns a number; received "no"'],
    [[async () => 1, [1]], 'f must be a function that returns a number; received a Promise'],
    [[f, [1], { method: 'levenberg-marquardt' }], 'f must be a function that returns an array of residuals'],
    [
      [() => [1, 2], [1], { method: 'gauss-newton', jacobian: () => [[1]] }],
      'jacobian must be a function that returns 2 rows of 1 numbers',
    ],
  ];
  for (const [given, message] of cases) {
    expect(call(...given), message).toThrow(ArgumentError);
    expect(call(...given)).toThrow(message);
  }
});

test('a result is shown with its gradient', () => {
  expect(inspect(minimize(([x]) => x! ** 2, [0]))).toContain('gradient: Float64Array(1) [ 0 ]');
});
