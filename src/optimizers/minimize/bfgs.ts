import type { Strategy } from './descend.ts';
import { firstStep } from './lbfgs.ts';
import { dot, scale } from './vectors.ts';

/**
 * The directions of BFGS: the gradient times an inverse Hessian, n × n, that all steps make.
 *
 * @see Nocedal & Wright, "Numerical Optimization", 2nd ed., 2006, algorithm 6.1
 */
export function bfgs(size: number): Strategy {
  const inverse = new Float64Array(size * size);
  const rows = Array.from({ length: size }, (_, i) => inverse.subarray(i * size, (i + 1) * size));
  const product = new Float64Array(size);
  let isFresh = true;
  const multiply = (v: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < size; i++) out[i] = dot(rows[i]!, v);
  };
  const reset = (diagonal: number): void => {
    inverse.fill(0);
    for (let i = 0; i < size; i++) rows[i]![i] = diagonal;
  };
  reset(1);
  return {
    direction(_, gradient, out) {
      multiply(gradient, out);
      scale(out, -1, out);
      return { first: isFresh ? firstStep(out) : 1, max: Number.MAX_VALUE };
    },
    // H ← (I − ρsyᵀ)·H·(I − ρysᵀ) + ρssᵀ with ρ = 1/yᵀs
    learn(step, change) {
      const curvature = dot(step, change);
      const square = dot(change, change);
      if (!(curvature > Number.EPSILON * square)) return;
      // The size of the first inverse, as in Nocedal & Wright (6.20).
      if (isFresh) reset(curvature / square);
      isFresh = false;
      multiply(change, product);
      const rho = 1 / curvature;
      const both = rho * (1 + rho * dot(change, product));
      for (let i = 0; i < size; i++) {
        const row = rows[i]!;
        const [s, p] = [both * step[i]! - rho * product[i]!, rho * step[i]!];
        for (let j = 0; j < size; j++) row[j]! += s * step[j]! - p * product[j]!;
      }
    },
    forget() {
      const had = !isFresh;
      reset(1);
      isFresh = true;
      return had;
    },
  };
}
