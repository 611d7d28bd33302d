import type { Strategy } from './descend.ts';
import type { Objective } from './objective.ts';
import { addScaled, dot, norm, scale } from './vectors.ts';

/**
 * The directions of Newton–CG: conjugate gradients on H·d = −g, stopped early far from the minimum, and at the first
 * direction in which the curvature is not positive.
 *
 * @see Nocedal & Wright, "Numerical Optimization", 2nd ed., 2006, algorithm 7.1
 */
export function newtonCg(objective: Objective): Strategy {
  const n = objective.size;
  const [residual, search, product] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  return {
    direction(x, gradient, out) {
      out.fill(0);
      residual.set(gradient);
      scale(search, -1, gradient);
      const size = norm(gradient);
      const tolerance = Math.min(0.5, Math.sqrt(size)) * size;
      let square = dot(residual, residual);
      let steepest = 0;
      for (let count = 0; count < 20 * n && Math.sqrt(square) > tolerance; count++) {
        objective.hessianTimes(x, gradient, search, product);
        const curvature = dot(search, product);
        const steepness = curvature / dot(search, search);
        steepest = Math.max(steepest, steepness);
        // Beside the steepest direction, less than this is the rounding of the products.
        if (!(steepness > 3 * objective.hessianPrecision * steepest)) {
          if (count === 0) out.set(search);
          break;
        }
        const step = square / curvature;
        addScaled(out, out, step, search);
        addScaled(residual, residual, step, product);
        const before = square;
        square = dot(residual, residual);
        scale(search, square / before, search);
        addScaled(search, search, -1, residual);
      }
      return { first: 1, max: Number.MAX_VALUE };
    },
    learn() {},
    forget: () => false,
  };
}
