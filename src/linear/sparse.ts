import type { TensorLike } from '../core/types.ts';
import { type Centres, centre, interceptOf } from './centre.ts';
import { type Descent, descend } from './coordinateDescent.ts';
import { readSamples, readTarget } from './data.ts';
import { ridgeProblem, solutionsAt } from './ridgeProblem.ts';
import { shortestSolutions } from './triangular.ts';
import { dot } from './vectors.ts';

/** Centred samples and targets, and where the descent for one penalty after the other is. */
export interface SparseProblem {
  readonly rows: number;
  readonly columns: readonly Float64Array[];
  readonly y: Float64Array;
  readonly squares: Float64Array;
  readonly centres: Centres;
  readonly w: Float64Array;
  readonly residual: Float64Array;
}

/** The penalty α·(l1Ratio·‖w‖₁ + ½(1 − l1Ratio)·‖w‖²). */
export interface Penalty {
  readonly alpha: number;
  readonly l1Ratio: number;
}

/** When to stop. */
export interface Stopping {
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** A solution, which is a copy. */
export interface SparseSolution extends Descent {
  readonly w: Float64Array;
  readonly intercept: number;
}

/** The problem of centred columns, from w = 0. */
export function centredProblem(
  columns: readonly Float64Array[],
  y: Float64Array,
  fitIntercept: boolean,
): SparseProblem {
  const centres = centre(columns, [y], fitIntercept);
  return {
    rows: y.length,
    columns,
    y,
    squares: Float64Array.from(columns, (column) => dot(column, column)),
    centres,
    w: new Float64Array(columns.length),
    residual: y.slice(),
  };
}

/** The problem that the arguments of a public function pose. */
export function sparseProblem(
  where: string,
  x: TensorLike,
  y: TensorLike,
  fitIntercept: boolean,
): SparseProblem {
  const { rows, columns } = readSamples(where, x);
  return centredProblem(columns, readTarget(where, y, rows), fitIntercept);
}

/** Without a penalty on ‖w‖₁ there is a closed form. */
function closedForm({ rows, columns, y }: SparseProblem, { alpha }: Penalty): Float64Array {
  const copies = columns.map((column) => column.slice());
  if (alpha === 0) return shortestSolutions(copies, rows, [y]).solutions[0]!;
  return solutionsAt(ridgeProblem(copies, rows, [y]), alpha * rows)[0]!;
}

/** Solves for one penalty from where the one before has ended, and warns of a descent that was cut short. */
export function solveSparse(
  where: string,
  problem: SparseProblem,
  penalty: Penalty,
  { tolerance, maxIterations }: Stopping,
): SparseSolution {
  const { rows, y, w, centres } = problem;
  const l1 = penalty.alpha * penalty.l1Ratio * rows;
  const l2 = penalty.alpha * (1 - penalty.l1Ratio) * rows;
  if (l1 === 0) {
    const solution = closedForm(problem, penalty);
    const intercept = interceptOf(centres, solution);
    return { w: solution, intercept, iterations: 1, gap: 0, converged: true };
  }
  const limit = tolerance * dot(y, y);
  const descent = descend({ ...problem, l1, l2 }, { gap: limit, rounds: maxIterations });
  if (!descent.converged) {
    console.warn(
      `${where}: not converged after ${descent.iterations} rounds: the duality gap is ${descent.gap.toPrecision(3)}, ` +
        `${limit.toPrecision(3)} was asked for; raise maxIterations, tolerance or alpha`,
    );
  }
  return { ...descent, gap: descent.gap / rows, w: w.slice(), intercept: interceptOf(centres, w) };
}
