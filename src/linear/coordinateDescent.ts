import { dualityGap, type Gap, type Penalised, withoutZeros } from './gap.ts';
import { addTo } from './vectors.ts';

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

/** Rounds over the features in use end where they lower the objective by so small a share of what the first did, */
const SHARE = 0.002;

/** or of the gap that is enough. */
const TINY = 1e-5;

/** One step for each of the features in turn; returns how much lower the objective is, at least. */
function round(problem: Penalised, features: Int32Array): number {
  const { kernels, columns, squares, l1, l2, w, residual, list } = problem;
  list.set(features);
  return kernels.descentRound(
    list.byteOffset,
    features.length,
    columns.address,
    columns.step,
    squares.byteOffset,
    l1,
    l2,
    w.byteOffset,
    residual.byteOffset,
  );
}

/** Sets to 0, with its share of the residual, what the optimum does not use. */
function clear({ columns, w, residual }: Penalised, features: Int32Array): void {
  const kept = new Set(features);
  w.forEach((value, j) => {
    if (value === 0 || kept.has(j)) return;
    addTo(residual, columns.column(j), value);
    w[j] = 0;
  });
}

/** How many features the first working set has. */
const FIRST = 128;

/** Those in use, and those whose slopes pull them in, no more than `size` of both: the steepest. */
function workingSet(
  { squares, l1, l2, w }: Penalised,
  features: Int32Array,
  gap: Gap,
  size: number,
): Int32Array {
  const wanted = features.filter((j) => w[j] !== 0 || Math.abs(gap.slopes[j]!) > l1);
  if (wanted.length <= size) return wanted;
  const distance = (j: number): number => {
    if (w[j] !== 0) return -1;
    return (l1 - (Math.abs(gap.slopes[j]!) * l1) / gap.scale) / Math.sqrt(squares[j]! + l2);
  };
  const distances = Float64Array.from(gap.slopes.keys(), distance);
  const nearest = wanted.sort((a, b) => distances[a]! - distances[b]!);
  return nearest.subarray(0, size).sort();
}

const used = (w: Float64Array): number => w.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);

/**
 * Minimises by cyclic coordinate descent from the w at hand, which it changes. Rounds go over a working set, and then
 * over those of it that are in use; the gap of all features says which they are, and when it is enough.
 *
 * @see Friedman, Hastie & Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent",
 * Journal of Statistical Software 33, 2010; Massias, Gramfort & Salmon, "Celer: a Fast Solver for the Lasso with Dual
 * Extrapolation", ICML 2018 (the working sets)
 */
export function descend(problem: Penalised, limits: Limits): Descent {
  const { squares, w } = problem;
  let features: Int32Array = Int32Array.from(squares.keys()).filter((j) => squares[j]! > 0);
  let gap = dualityGap(problem, features);
  let iterations = 0;
  let size = FIRST;
  while (gap.value > limits.gap && iterations < limits.rounds) {
    features = withoutZeros(problem, features, gap);
    clear(problem, features);
    size = Math.max(size, 2 * used(w));
    let working = workingSet(problem, features, gap, size);
    let fall = round(problem, working);
    // The gap falls with the root of what is left of the objective: rounds over few are cheap, gaps are not.
    const enough = Math.max(SHARE * fall, TINY * limits.gap);
    iterations += 1;
    while (fall > enough && iterations < limits.rounds) {
      working = working.filter((j) => w[j] !== 0);
      fall = round(problem, working);
      iterations += 1;
    }
    gap = dualityGap(problem, features);
    size *= 3;
  }
  return { iterations, gap: gap.value, converged: gap.value <= limits.gap };
}
