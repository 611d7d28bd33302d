import type { Direction, Strategy } from '../descend.ts';
import { firstStep } from '../lbfgs.ts';
import { Memory } from '../memory.ts';
import type { Objective } from '../objective.ts';
import type { Bound } from '../types.ts';
import { dot } from '../vectors.ts';
import { cauchyPoint } from './cauchy.ts';
import { Compact } from './compact.ts';
import { subspaceStep } from './subspace.ts';

const clip = (value: number, [low, high]: Bound): number => Math.min(Math.max(value, low), high);

/** The nearest place within the bounds, in place. */
function project(x: Float64Array, bounds: readonly Bound[]): void {
  for (let i = 0; i < x.length; i++) x[i] = clip(x[i]!, bounds[i]!);
}

/** The objective, whose places are moved within the bounds, where rounding has led out of them. */
export function within(objective: Objective, bounds: readonly Bound[]): Objective {
  return {
    size: objective.size,
    precision: objective.precision,
    gradientPrecision: objective.gradientPrecision,
    hessianPrecision: objective.hessianPrecision,
    get evaluations() {
      return objective.evaluations;
    },
    evaluate(x, gradient) {
      project(x, bounds);
      return objective.evaluate(x, gradient);
    },
    hessianTimes: (...given) => objective.hessianTimes(...given),
  };
}

/** How far `d` can be followed within the bounds. */
function room(x: Float64Array, d: Float64Array, bounds: readonly Bound[]): number {
  let most = Number.MAX_VALUE;
  for (let i = 0; i < x.length; i++) {
    if (d[i] === 0) continue;
    most = Math.min(most, ((d[i]! > 0 ? bounds[i]![1] : bounds[i]![0]) - x[i]!) / d[i]!);
  }
  return most;
}

/**
 * The directions of L-BFGS-B: to the minimum of the model that the last steps make, within the bounds.
 *
 * @see Byrd, Lu, Nocedal & Zhu, "A Limited Memory Algorithm for Bound Constrained Optimization", SIAM J. Sci. Comput.
 * 16, 1995
 */
export function lbfgsb(size: number, capacity: number, bounds: readonly Bound[]): Strategy {
  const memory = new Memory(size, capacity);
  const towards = (target: (i: number) => number, x: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < size; i++) out[i] = target(i) - x[i]!;
  };
  const aim = (x: Float64Array, gradient: Float64Array, out: Float64Array): void => {
    const model = new Compact(memory);
    const cauchy = cauchyPoint(x, gradient, bounds, model);
    const { point } = cauchy;
    if (memory.length === 0) {
      towards((i) => point[i]!, x, out);
      return;
    }
    const step = subspaceStep(x, gradient, bounds, model, cauchy);
    towards((i) => clip(point[i]! + step[i]!, bounds[i]!), x, out);
    if (dot(out, gradient) < 0) return;
    // Moved onto the bounds, the step ascends: it is cut at the first bound instead (Morales & Nocedal 2011).
    const share = Math.min(1, room(point, step, bounds));
    towards((i) => point[i]! + share * step[i]!, x, out);
  };
  return {
    direction(x, gradient, out): Direction {
      aim(x, gradient, out);
      const isFirst = memory.length === 0;
      return { first: isFirst ? firstStep(out) : 1, max: Math.max(1, room(x, out, bounds)) };
    },
    learn(step, change) {
      memory.add(step, change);
    },
    forget() {
      const had = memory.length > 0;
      memory.clear();
      return had;
    },
    measure: (x, gradient) =>
      x.reduce((most, value, i) => {
        const moved = Math.abs(clip(value - gradient[i]!, bounds[i]!) - value);
        return moved <= most ? most : moved;
      }, 0),
  };
}
