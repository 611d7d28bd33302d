import { dualityGap, type Gap, type Penalised, withoutZeros } from './gap.ts';
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

/** The gap of a working set need only be so small a share of that of all features before these are looked at again. */
const SHARE = 0.3;

/** So many rounds over a working set, then its gap. */
const ROUNDS = 10;

/** w_j ← S(x_j·r + ‖x_j‖²·w_j, l1) / (‖x_j‖² + l2), with the soft threshold S, for each feature in turn. */
function round({ columns, squares, l1, l2, w, residual }: Penalised, features: Int32Array): void {
  for (const j of features) {
    const square = squares[j]!;
    const before = w[j]!;
    const column = columns[j]!;
    const pull = dot(column, residual) + square * before;
    const size = Math.abs(pull) - l1;
    const after = size > 0 ? (Math.sign(pull) * size) / (square + l2) : 0;
    if (after === before) continue;
    addTo(residual, column, before - after);
    w[j] = after;
  }
}

/** The features that are in use, and those that the slopes pull into it. */
function workingSet({ w, l1 }: Penalised, features: Int32Array, { slopes }: Gap): Int32Array {
  return features.filter((j) => w[j] !== 0 || Math.abs(slopes[j]!) > l1);
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
 * Minimises by cyclic coordinate descent from the w at hand, which it changes. Rounds go over the features in use;
 * the gap of all that may be in use says which they are, and when it is enough.
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
    const working = workingSet(problem, features, gap);
    const target = Math.max(limits.gap, SHARE * gap.value);
    do {
      const rounds = Math.min(ROUNDS, limits.rounds - iterations);
      for (let i = 0; i < rounds; i++) round(problem, working);
      iterations += rounds;
    } while (iterations < limits.rounds && dualityGap(problem, working).value > target);
    gap = dualityGap(problem, features);
  }
  return { iterations, gap: gap.value, converged: gap.value <= limits.gap };
}
