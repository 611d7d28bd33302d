import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { centre, interceptOf } from './centre.ts';
import { readSamples, readTargets } from './data.ts';
import { type LinearModel, type LinearModels, modelsOf, type SeveralTargets } from './model.ts';
import { checkFlag } from './options.ts';
import { leastSquaresSolutions } from './solutions.ts';

/** Options of `leastSquares`. */
export interface LeastSquaresOptions {
  /** Whether the model has an intercept; true by default. */
  fitIntercept?: boolean | undefined;
}

/**
 * The linear model of least squares, in closed form.
 *
 * `min ‖y − X·w − b‖²`; where several w do, as with more features than samples, the shortest. It is computed by
 * Householder's reflections, which never square the condition number, with column pivoting where the rank is in doubt.
 *
 * @param x samples, [samples, features], finite
 * @param y targets, [samples], or [samples, targets] for several models over the same samples
 * @param options `fitIntercept` (true)
 * @returns `coefficients` and `intercept`, for several targets lists of them, `predict(x)`, `iterations` (1)
 * @throws ArgumentError when a shape is another, or a number is not finite
 *
 * @example
 * linear.leastSquares([[1, 1], [1, 2], [2, 2], [2, 3]], [6, 8, 9, 11]); // coefficients [1, 2], intercept 3
 *
 * @see Golub, "Numerical Methods for Solving Linear Least Squares Problems", Numerische Mathematik 7, 1965
 */
export function leastSquares(x: TensorLike, y: SeveralTargets, options?: LeastSquaresOptions): LinearModels;
export function leastSquares(x: TensorLike, y: TensorLike, options?: LeastSquaresOptions): LinearModel;
export function leastSquares(
  x: TensorLike,
  y: TensorLike,
  options: LeastSquaresOptions = {},
): LinearModel | LinearModels {
  checkOptions('leastSquares', options, ['fitIntercept']);
  const { fitIntercept = true } = options;
  checkFlag('leastSquares', 'fitIntercept', fitIntercept);
  const { rows, columns } = readSamples('leastSquares', x);
  const targets = readTargets('leastSquares', y, rows);
  const centres = centre(columns, targets.columns, fitIntercept);
  const solutions = leastSquaresSolutions(columns, rows, targets.columns);
  const intercepts = solutions.map((solution, t) => interceptOf(centres, solution, t));
  return modelsOf({ solutions, intercepts, iterations: 1 }, targets.isVector);
}
