import type { Matrix } from './data.ts';
import { type FoldOptions, foldsOf, pick, pickRows } from './folds.ts';
import type { LinearModel } from './model.ts';
import { addTo, dot } from './vectors.ts';

/** A linear model whose penalty cross-validation has chosen, trained on all samples. */
export interface CrossValidated extends LinearModel {
  /** The penalty of the smallest mean error. */
  readonly alpha: number;
  /** The penalties tried, largest first. */
  readonly alphas: number[];
  /** For each penalty the mean squared error on each part. */
  readonly meanSquaredErrors: number[][];
}

/** A solution of the samples it was trained on. */
export interface Solution {
  readonly w: Float64Array;
  readonly intercept: number;
}

/** Solutions for one penalty after the other. */
export type SolveAll = (samples: Matrix, y: Float64Array) => Solution[];

/** The mean squared error of a solution on other samples. */
function meanSquaredError({ rows, columns }: Matrix, y: Float64Array, { w, intercept }: Solution): number {
  const error = new Float64Array(rows).fill(intercept);
  columns.forEach((column, j) => {
    addTo(error, column, w[j]!);
  });
  addTo(error, y, -1);
  return dot(error, error) / rows;
}

/** For each penalty the error on each part, predicted by the solution of the others. */
export function foldErrors(
  where: string,
  samples: Matrix,
  y: Float64Array,
  options: FoldOptions,
  solveAll: SolveAll,
): number[][] {
  const byFold = foldsOf(where, samples.rows, options).map(({ train, test }) => {
    const solutions = solveAll(pickRows(samples, train), pick(y, train));
    const [unseen, truth] = [pickRows(samples, test), pick(y, test)];
    return solutions.map((solution) => meanSquaredError(unseen, truth, solution));
  });
  return byFold[0]!.map((_, a) => byFold.map((errors) => errors[a]!));
}

/** The index of the smallest mean. */
export function smallestMean(errors: readonly (readonly number[])[]): number {
  const means = errors.map((row) => row.reduce((sum, error) => sum + error, 0) / row.length);
  return means.indexOf(Math.min(...means));
}
