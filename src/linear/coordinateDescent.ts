import { dualityGap, type Penalised, withoutZeros } from './gap.ts';
import { addTo, dot } from './vectors.ts';

/** When the descent ends. */
interface Limits {
  /** The gap that is small enough. */
  readonly gap: number;
  readonly rounds: number;
}

/** How the descent ended. */
export interface Descent {
  readonly iterations: number;
  readonly gap: number;
  readonly converged: boolean;
}

/** A round that lowers the objective by so small a share of the gap is the last before the gap is looked at again. */
const SHARE = 0.03;

/**
 * w_j ← S(x_j·r + ‖x_j‖²·w_j, l1) / (‖x_j‖² + l2), with the soft threshold S, for each feature in turn. Returns how
 * much lower the objective is, at least.
 */
function round({ columns, squares, l1, l2, w, residual }: Penalised, features: Int32Array): number {
  let fall = 0;
  for (const j of features) {
    const before = w[j]!;
    const column = columns[j]!;
    const pull = dot(column, residual) + squares[j]! * before;
    const size = Math.abs(pull) - l1;
    const after = size > 0 ? (Math.sign(pull) * size) / (squares[j]! + l2) : 0;
    if (after === before) continue;
    addTo(residual, column, before - after);
    w[j] = after;
    fall += 0.5 * (squares[j]! + l2) * (after - before) ** 2;
  }
  return fall;
}

/** Sets to 0, with its share of the residual, what the optimum does not use. */
function clear({ columns, w, residual }: Penalised, features: Int32Array): void {
  const kept = new Set(features);
  w.forEach((value, j) => {
    if (value === 0 || kept.has(j)) return;
    addTo(residual, columns[j]!, value);
    w[j] = 0;
  });
}

/**
 * Minimises by cyclic coordinate descent from the w at hand, which it changes. A round over all features that the
 * optimum may use is followed by rounds over those that are in use; the gap says when it is enough.
 *
 * @see Friedman, Hastie & Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent",
 * Journal of Statistical Software 33, 2010
 */
export function descend(problem: Penalised, limits: Limits): Descent {
  let features: Int32Array = Int32Array.from(problem.columns.keys()).filter((j) => problem.squares[j]! > 0);
  let gap = dualityGap(problem, features);
  let iterations = 0;
  while (gap.value > limits.gap && iterations < limits.rounds) {
    features = withoutZeros(problem, features, gap);
    clear(problem, features);
    const enough = SHARE * Math.max(limits.gap, SHARE * gap.value);
    let [fall, used] = [round(problem, features), features];
    iterations += 1;
    while (fall > enough && iterations < limits.rounds) {
      used = used.filter((j) => problem.w[j] !== 0);
      fall = round(problem, used);
      iterations += 1;
    }
    gap = dualityGap(problem, features);
  }
  return { iterations, gap: gap.value, converged: gap.value <= limits.gap };
}
