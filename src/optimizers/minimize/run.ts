import { bfgs } from './bfgs.ts';
import { descend, type Strategy } from './descend.ts';
import { lbfgs } from './lbfgs.ts';
import { newtonCg } from './newtonCg.ts';
import type { Objective } from './objective.ts';
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
  return descend(objective, start, strategyOf(plan, objective), settings);
}
