import { bfgs } from './bfgs.ts';
import { lbfgsb, within } from './bounded/lbfgsb.ts';
import { descend, type Strategy } from './descend.ts';
import { lbfgs } from './lbfgs.ts';
import { gaussNewton } from './leastSquares/gaussNewton.ts';
import { levenbergMarquardt } from './leastSquares/levenbergMarquardt.ts';
import { newtonCg } from './newtonCg.ts';
import type { Objective, Residuals } from './objective.ts';
import type { Outcome, Settings } from './settings.ts';
import type { Bound, LeastSquaresMethod, Method } from './types.ts';

/** What decides how a value is minimised. */
export interface Plan {
  readonly method: Exclude<Method, LeastSquaresMethod>;
  readonly memory: number;
  readonly bounds: readonly Bound[] | undefined;
}

function strategyOf({ method, memory }: Plan, objective: Objective): Strategy {
  if (method === 'bfgs') return bfgs(objective.size);
  if (method === 'newton-cg') return newtonCg(objective);
  return lbfgs(objective.size, memory);
}

/** Minimises a function of n numbers. */
export function minimizeValue(
  objective: Objective,
  start: Float64Array,
  plan: Plan,
  settings: Settings,
): Outcome {
  const { bounds, memory } = plan;
  if (bounds === undefined) return descend(objective, start, strategyOf(plan, objective), settings);
  const strategy = lbfgsb(objective.size, memory, bounds);
  return descend(within(objective, bounds), start, strategy, settings);
}

/** Minimises half the sum of squared residuals. */
export function minimizeResiduals(
  problem: Residuals,
  start: Float64Array,
  method: LeastSquaresMethod,
  settings: Settings,
): Outcome {
  const algorithm = method === 'gauss-newton' ? gaussNewton : levenbergMarquardt;
  return algorithm(problem, start, settings);
}
