import type { Residuals } from '../objective.ts';
import type { Outcome, Place } from '../settings.ts';
import type { StopReason } from '../types.ts';
import { dot, maxAbs, norm } from '../vectors.ts';
import { type Factored, factor } from './qr.ts';

/** Residuals at a place, and what they are near it: r + J·p. */
export interface Linearized extends Place {
  readonly residuals: Float64Array;
  /** The length of each column of J. */
  readonly lengths: Float64Array;
  /** Of J and −r. */
  factored(): Factored;
  /** ‖J·p‖ */
  lengthAlong(p: Float64Array): number;
}

/** The length of x, each coordinate scaled. */
export const scaledLength = (scales: Float64Array, x: Float64Array): number =>
  norm(x.map((value, j) => scales[j]! * value));

/** ½‖r‖² */
export const halfSquare = (residuals: Float64Array): number => 0.5 * norm(residuals) ** 2;

/** Computes the Jacobian at `x`, where the residuals are known. */
export function linearize(problem: Residuals, x: Float64Array, residuals: Float64Array): Linearized {
  const [m, n] = [residuals.length, problem.size];
  const value = halfSquare(residuals);
  const columns = Number.isFinite(value) ? problem.jacobian(x, residuals) : new Float64Array(m * n).fill(NaN);
  const column = (j: number): Float64Array => columns.subarray(j * m, (j + 1) * m);
  const each = (f: (column: Float64Array) => number): Float64Array =>
    Float64Array.from({ length: n }, (_, j) => f(column(j)));
  const gradient = each((one) => dot(one, residuals));
  return {
    x,
    residuals,
    value,
    gradient,
    gradientNorm: maxAbs(gradient),
    lengths: each(norm),
    // With fewer residuals than coordinates, rows of zeros make the matrix square.
    factored() {
      const rows = Math.max(m, n);
      const copy = new Float64Array(rows * n);
      for (let j = 0; j < n; j++) copy.set(column(j), j * rows);
      const b = new Float64Array(rows);
      residuals.forEach((r, i) => {
        b[i] = -r;
      });
      return factor(copy, n, b);
    },
    lengthAlong(p) {
      const sum = new Float64Array(m);
      for (let j = 0; j < n; j++) {
        const one = column(j);
        for (let i = 0; i < m; i++) sum[i]! += p[j]! * one[i]!;
      }
      return norm(sum);
    },
  };
}

/** What a run comes to. */
export const outcomeOf = (
  { x, value, gradient, gradientNorm }: Linearized,
  iterations: number,
  reason: StopReason,
): Outcome => ({ x, value, gradient, gradientNorm, iterations, reason });
