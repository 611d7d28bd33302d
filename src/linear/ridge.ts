import { checkNumber, checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { centre, interceptOf } from './centre.ts';
import { readSamples, readTargets } from './data.ts';
import { type LinearModel, type LinearModels, modelsOf, type SeveralTargets } from './model.ts';
import { checkFlag, checkStopping, type StoppingOptions } from './options.ts';
import { leastSquaresSolutions, ridgeSolutions } from './solutions.ts';

/** Options of `ridge`. `tolerance` and `maxIterations` are without effect: it is solved in closed form. */
export interface RidgeOptions extends StoppingOptions {
  /** The factor α ≥ 0 of the penalty, beside a sum over the samples; 1 by default. */
  alpha?: number | undefined;
  /** Whether the model has an intercept, which is not penalised; true by default. */
  fitIntercept?: boolean | undefined;
}

/**
 * Ridge regression, in closed form.
 *
 * `min ‖y − X·w − b‖² + α‖w‖²`: the first term is a sum over the samples, where those of `lasso` and `elasticNet` are
 * half a mean. At α = 0 it is `leastSquares`. It is computed by orthogonal transformations, which never square the
 * condition number, and in the smaller of the two sizes of X.
 *
 * @param x samples, [samples, features], finite
 * @param y targets, [samples], or [samples, targets] for several models over the same samples
 * @param options `alpha` ≥ 0 (1), `fitIntercept` (true)
 * @returns `coefficients` and `intercept`, for several targets lists of them, `predict(x)`, `iterations` (1)
 * @throws ArgumentError when an option is out of range, a shape is another, or a number is not finite
 *
 * @example
 * linear.ridge([[0, 0], [0, 0], [1, 1]], [0, 0.1, 1], { alpha: 0.5 }); // coefficients [0.3455, 0.3455]
 *
 * @see Hoerl & Kennard, "Ridge Regression: Biased Estimation for Nonorthogonal Problems", Technometrics 12, 1970;
 * Golub, "Numerical Methods for Solving Linear Least Squares Problems", Numerische Mathematik 7, 1965
 */
export function ridge(x: TensorLike, y: SeveralTargets, options?: RidgeOptions): LinearModels;
export function ridge(x: TensorLike, y: TensorLike, options?: RidgeOptions): LinearModel;
export function ridge(x: TensorLike, y: TensorLike, options: RidgeOptions = {}): LinearModel | LinearModels {
  checkOptions('ridge', options, ['alpha', 'fitIntercept', 'tolerance', 'maxIterations']);
  const { alpha = 1, fitIntercept = true, tolerance = 1, maxIterations = 1 } = options;
  checkNumber('ridge', 'alpha', alpha, { min: 0 });
  checkFlag('ridge', 'fitIntercept', fitIntercept);
  checkStopping('ridge', tolerance, maxIterations);
  const { rows, columns } = readSamples('ridge', x);
  const targets = readTargets('ridge', y, rows);
  const centres = centre(columns, targets.columns, fitIntercept);
  const solutions =
    alpha === 0
      ? leastSquaresSolutions(columns, rows, targets.columns)
      : ridgeSolutions(columns, rows, targets.columns, alpha);
  const intercepts = solutions.map((solution, t) => interceptOf(centres, solution, t));
  return modelsOf({ solutions, intercepts, iterations: 1 }, targets.isVector);
}
