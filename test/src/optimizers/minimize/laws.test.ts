// What holds for every quadratic f(x) = ½·xᵀAx − bᵀx with a positive definite A.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../../../../src/core/random.ts';
import { minimize, type Vector } from '../../../../src/optimizers/index.ts';

interface Quadratic {
  readonly f: (x: Float64Array) => number;
  readonly gradient: (x: ArrayLike<number>) => number[];
  readonly hessianVectorProduct: (x: Float64Array, v: Float64Array) => number[];
  readonly start: Vector;
  /** No less than the largest eigenvalue of A. */
  readonly steepness: number;
}

const dot = (a: readonly number[], b: ArrayLike<number>): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** A = GᵀG + I/10 of normal numbers. */
function quadratic(seed: number, n: number): Quadratic {
  const { normal } = random(seed);
  const vector = (): number[] => Array.from({ length: n }, () => normal());
  const g = Array.from({ length: n }, vector);
  const a = g.map((_, i) =>
    g.map((_, j) => g.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 0.1 : 0)),
  );
  const b = vector();
  const times = (x: ArrayLike<number>): number[] => a.map((row) => dot(row, x));
  return {
    f: (x) => 0.5 * dot(times(x), x) - dot(b, x),
    gradient: (x) => times(x).map((value, i) => value - b[i]!),
    hessianVectorProduct: (_, v) => times(v),
    start: vector(),
    steepness: a.reduce((sum, row, i) => sum + row[i]!, 0),
  };
}

/**
 * How far from 0 the gradient may be where values no longer fall but by rounding: with f above its minimum by δ,
 * |∇f|² ≤ 2·λ·δ.
 */
const flat = (steepness: number, value: number): number =>
  1e-7 * Math.sqrt(steepness * Math.max(1, Math.abs(value)));

const quadratics = fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 12 }));

describe.each(['lbfgs', 'bfgs', 'newton-cg'] as const)('%s', (method) => {
  test('ends where the gradient vanishes, no higher than at the start, and never goes up', () => {
    fc.assert(
      fc.property(quadratics, ([seed, n]) => {
        const { f, gradient, hessianVectorProduct, start, steepness } = quadratic(seed, n);
        const values = [f(Float64Array.from(start))];
        const callback = ({ value }: { value: number }): number => values.push(value);
        const products = method === 'newton-cg' ? { hessianVectorProduct } : {};
        const found = minimize(f, start, { method, gradient, callback, ...products });
        expect(found.converged).toBe(true);
        const largest = Math.max(...gradient(found.x).map(Math.abs));
        expect(largest).toBeLessThan(flat(steepness, found.value));
        values.slice(1).forEach((value, i) => {
          // Up to rounding, of which the search takes no notice.
          expect(value).toBeLessThanOrEqual(values[i]! + 1e-14 * Math.abs(values[i]!));
        });
      }),
      { numRuns: 200 },
    );
  });
});

test('within bounds the gradient points out of them wherever it does not vanish', () => {
  fc.assert(
    fc.property(quadratics, ([seed, n]) => {
      const { f, gradient, start, steepness } = quadratic(seed, n);
      const { uniform } = random(seed + 1);
      const bounds = Array.from({ length: n }, (): [number, number] => {
        const low = uniform(-2, 1);
        return [low, low + uniform(0, 1)];
      });
      const found = minimize(f, start, { gradient, bounds });
      expect(found.converged).toBe(true);
      const slopes = gradient(found.x);
      const zero = flat(steepness, found.value);
      found.x.forEach((value, i) => {
        const [low, high] = bounds[i]!;
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
        // Rounding may leave a value beside its bound.
        if (value > low + 1e-9) expect(slopes[i]).toBeLessThan(zero);
        if (value < high - 1e-9) expect(slopes[i]).toBeGreaterThan(-zero);
      });
    }),
    { numRuns: 150 },
  );
});
