import type { Strategy } from './descend.ts';
import { Memory } from './memory.ts';
import { norm, scale } from './vectors.ts';

/** The first step goes no further than 1. */
export const firstStep = (direction: Float64Array): number => Math.min(1, 1 / norm(direction));

/**
 * The directions of L-BFGS: the gradient times an inverse Hessian that the last steps make.
 *
 * @see Liu & Nocedal, "On the Limited Memory BFGS Method for Large Scale Optimization", Math. Programming 45, 1989
 */
export function lbfgs(size: number, capacity: number): Strategy {
  const memory = new Memory(size, capacity);
  return {
    direction(_, gradient, out) {
      scale(out, -1, gradient);
      memory.solve(out);
      return { first: memory.length === 0 ? firstStep(out) : 1, max: Number.MAX_VALUE };
    },
    learn(step, change) {
      memory.add(step, change);
    },
    forget() {
      const had = memory.length > 0;
      memory.clear();
      return had;
    },
  };
}
