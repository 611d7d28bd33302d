import { checkNumber, checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { type LinearModel, oneModel } from './model.ts';
import { checkFlag, checkStopping, type StoppingOptions } from './options.ts';
import { type Penalty, solveSparse, withSamples } from './sparse.ts';

/** Options of `lasso`. */
export interface LassoOptions extends StoppingOptions {
  /** The factor α ≥ 0 of the penalty, beside half a mean over the samples; 1 by default. */
  alpha?: number | undefined;
  /** Whether the model has an intercept, which is not penalised; true by default. */
  fitIntercept?: boolean | undefined;
}

/** Options of `elasticNet`. */
export interface ElasticNetOptions extends LassoOptions {
  /** The share of ‖w‖₁ in the penalty, in [0, 1]; 0.5 by default. */
  l1Ratio?: number | undefined;
}

/** A linear model that descent has found. */
export interface SparseModel extends LinearModel {
  /** How far the objective is above its minimum, at most. */
  readonly dualityGap: number;
  /** Whether the gap is as small as was asked for. */
  readonly converged: boolean;
}

const OPTIONS = ['alpha', 'fitIntercept', 'tolerance', 'maxIterations'];

function solve(
  where: string,
  x: TensorLike,
  y: TensorLike,
  { alpha, l1Ratio }: Penalty,
  options: LassoOptions,
): SparseModel {
  const { fitIntercept = true, tolerance = 1e-8, maxIterations = 10_000 } = options;
  checkNumber(where, 'alpha', alpha, { min: 0 });
  checkNumber(where, 'l1Ratio', l1Ratio, { min: 0, max: 1 });
  checkFlag(where, 'fitIntercept', fitIntercept);
  checkStopping(where, tolerance, maxIterations);
  const solution = withSamples(where, x, y, fitIntercept, (problem) =>
    solveSparse(where, problem, { alpha, l1Ratio }, { tolerance, maxIterations }),
  );
  return {
    ...oneModel(solution.w, solution.intercept, solution.iterations),
    dualityGap: solution.gap,
    converged: solution.converged,
  };
}

/**
 * The lasso: least squares that leaves out features.
 *
 * `min 1/(2n)·‖y − X·w − b‖² + α·‖w‖₁`: half a *mean* over the n samples, where `ridge` has a sum, so that the α of
 * the two are not on one scale. It is minimised by coordinate descent, which ends when a bound on the distance to the
 * minimum, the duality gap, is small; features that cannot be in the solution are left out on the way.
 *
 * @param x samples, [samples, features], finite
 * @param y targets, [samples], finite
 * @param options `alpha` ≥ 0 (1), `fitIntercept` (true), `tolerance` > 0, as a share of ‖y − ȳ‖² (1e-8),
 * `maxIterations` (10,000)
 * @returns `coefficients`, of which many are 0, `intercept`, `predict(x)`, `iterations`, `dualityGap`, `converged`
 * @throws ArgumentError when an option is out of range, a shape is another, or a number is not finite
 *
 * @example
 * linear.lasso([[0, 0], [1, 1], [2, 2]], [0, 1, 2], { alpha: 0.1 }); // coefficients [0.85, 0], intercept 0.15
 *
 * @see Tibshirani, "Regression Shrinkage and Selection via the Lasso", Journal of the Royal Statistical Society B 58,
 * 1996; Fercoq, Gramfort & Salmon, "Mind the Duality Gap: Safer Rules for the Lasso", ICML 2015
 */
export function lasso(x: TensorLike, y: TensorLike, options: LassoOptions = {}): SparseModel {
  checkOptions('lasso', options, OPTIONS);
  return solve('lasso', x, y, { alpha: options.alpha ?? 1, l1Ratio: 1 }, options);
}

/**
 * The elastic net, between ridge regression and the lasso: of correlated features it keeps all or none.
 *
 * `min 1/(2n)·‖y − X·w − b‖² + α·(ρ·‖w‖₁ + ½(1 − ρ)·‖w‖²)` with ρ = `l1Ratio`. At ρ = 1 it is `lasso`; at ρ = 0
 * it is `ridge` with n·α, in closed form.
 *
 * @param x samples, [samples, features], finite
 * @param y targets, [samples], finite
 * @param options `alpha` ≥ 0 (1), `l1Ratio` in [0, 1] (0.5), `fitIntercept` (true), `tolerance` > 0, as a share of
 * ‖y − ȳ‖² (1e-8), `maxIterations` (10,000)
 * @returns `coefficients`, `intercept`, `predict(x)`, `iterations`, `dualityGap`, `converged`
 * @throws ArgumentError when an option is out of range, a shape is another, or a number is not finite
 *
 * @example
 * linear.elasticNet([[0, 0], [1, 1], [2, 2]], [0, 1, 2], { alpha: 0.1, l1Ratio: 0.5 }).coefficients;
 *
 * @see Zou & Hastie, "Regularization and Variable Selection via the Elastic Net", Journal of the Royal Statistical
 * Society B 67, 2005
 */
export function elasticNet(x: TensorLike, y: TensorLike, options: ElasticNetOptions = {}): SparseModel {
  checkOptions('elasticNet', options, ['l1Ratio', ...OPTIONS]);
  return solve('elasticNet', x, y, { alpha: options.alpha ?? 1, l1Ratio: options.l1Ratio ?? 0.5 }, options);
}
