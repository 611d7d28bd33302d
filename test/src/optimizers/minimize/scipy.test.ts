import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Bound, minimize } from '../../../../src/optimizers/index.ts';
import { expectClose } from '../../support.ts';
import { eggholder, rosenbrock, rosenbrockGradient } from './functions.ts';

/** What SciPy found, as test/reference/minimize.py wrote it down. */
interface Found {
  readonly name: string;
  readonly start: readonly number[];
  readonly x: readonly number[];
  readonly value: number;
}

interface Fixture {
  readonly maximumEntropy: readonly Found[];
  readonly rosenbrock5: Found;
  readonly bounded: readonly (Found & { readonly bounds: readonly Bound[] })[];
  readonly leastSquares: Found;
}

const path = new URL('../../../reference/fixtures/minimize.json', import.meta.url);
const scipy: Fixture = JSON.parse(readFileSync(path, 'utf8'));
const methods = ['lbfgs', 'bfgs', 'newton-cg'] as const;

/** log Σ exp(F·x) − kᵀx: the maximum-entropy problem of SciPy's test_optimize.py. */
const F = [
  [1, 1, 1],
  [1, 1, 0],
  [1, 0, 1],
  [1, 0, 0],
  [1, 0, 0],
] as const;
const K = [1, 0.3, 0.5] as const;
const inner = (a: ArrayLike<number>, b: readonly number[]): number =>
  b.reduce((sum, v, i) => sum + v * a[i]!, 0);
const weights = (x: Float64Array): number[] => F.map((row) => Math.exp(inner(x, row)));
const total = (values: readonly number[]): number => values.reduce((a, b) => a + b);
const entropy = (x: Float64Array): number => Math.log(total(weights(x))) - inner(x, K);
const entropyGradient = (x: Float64Array): number[] => {
  const p = weights(x);
  return K.map((k, j) => F.reduce((sum, row, i) => sum + row[j]! * p[i]!, 0) / total(p) - k);
};

describe.each(methods)('%s finds what SciPy finds', (method) => {
  test('maximum entropy', () => {
    const found = minimize(entropy, [0, 0, 0], { method, gradient: entropyGradient });
    expect(found.converged).toBe(true);
    for (const { value } of scipy.maximumEntropy) expectClose([found.value], [value], 1e-14);
    expectClose([...found.x], scipy.maximumEntropy[1]!.x, 1e-7);
    // The solution that test_optimize.py states.
    expectClose([...found.x], [0, -0.524869316, 0.48752586], 1e-5);
  });

  test('Rosenbrock in five dimensions', () => {
    const { start, x, value } = scipy.rosenbrock5;
    const found = minimize(rosenbrock, start, { method, gradient: rosenbrockGradient });
    expectClose([...found.x], x, 1e-7);
    expectClose([found.value], [value], 1e-14);
  });
});

/** The problem of driver1 of L-BFGS-B 3.0. */
const chained = (x: Float64Array): number =>
  4 * x.reduce((sum, v, i) => sum + (i === 0 ? 0.25 * (v - 1) ** 2 : (v - x[i - 1]! ** 2) ** 2), 0);

describe('within bounds', () => {
  const functions: Record<string, (x: Float64Array) => number> = { rosenbrock, chained, eggholder };

  test.each(scipy.bounded)('$name', ({ name, start, bounds, x, value }) => {
    const f = functions[name]!;
    const outside: Float64Array[] = [];
    const watched = (at: Float64Array): number => {
      if (at.some((v, i) => v < bounds[i]![0] || v > bounds[i]![1])) outside.push(at);
      return f(at);
    };
    const found = minimize(watched, start, { bounds });
    expect(found.converged).toBe(true);
    expect(outside).toEqual([]);
    expectClose([found.value], [value], 1e-9);
    // 2²⁴ times flatter at its end than at its beginning, the chain leaves its last links undecided.
    expectClose([...found.x], x, name === 'chained' ? 1e-1 : 1e-6);
  });

  test('Eggholder’s least value lies on the border', () => {
    const found = minimize(eggholder, [500, 400], { bounds: [-512, 512] });
    // optax, lbfgs_test.py
    expectClose([found.value], [-959.6407], 1e-7);
    expectClose([...found.x], [512, 404.2319], 1e-6);
  });

  test('the gradient counts only where there is room', () => {
    const f = ([x, y]: Float64Array): number => (x! + 3) ** 2 + (y! - 1) ** 2;
    const found = minimize(f, [5, 5], {
      bounds: [
        [0, Infinity],
        [-Infinity, Infinity],
      ],
    });
    expect(found.reason).toBe('gradientTolerance');
    expectClose([...found.x], [0, 1], 1e-7);
    expectClose([...found.gradient], [6, 0], 1e-6);
  });

  test('a coordinate may be fixed, and a start outside is moved within', () => {
    const f = ([x, y]: Float64Array): number => (x! - y!) ** 2 + y! ** 2;
    const found = minimize(f, [9, 9], {
      bounds: [
        [2, 2],
        [-5, 5],
      ],
    });
    expectClose([...found.x], [2, 1], 1e-7);
  });
});

test.each(['levenberg-marquardt', 'gauss-newton'] as const)('%s finds what least_squares finds', (method) => {
  const { start, x, value } = scipy.leastSquares;
  const f = ([a, b]: Float64Array): number[] => [10 * (b! - a! ** 2), 1 - a!, Math.exp(0.1 * a! * b!) - 2];
  const jacobian = ([a, b]: Float64Array): number[][] => {
    const e = 0.1 * Math.exp(0.1 * a! * b!);
    return [
      [-20 * a!, 10],
      [-1, 0],
      [b! * e, a! * e],
    ];
  };
  for (const options of [{ method }, { method, jacobian }]) {
    const found = minimize(f, start, options);
    expect(found.converged).toBe(true);
    expectClose([...found.x], x, 1e-7);
    expectClose([found.value], [value], 1e-10);
    expectClose([...found.gradient], [0, 0], 1e-6);
  }
});
