import { checkNumber, checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { centre, interceptOf } from './centre.ts';
import { readSamples, readTarget } from './data.ts';
import { alphaGrid, type GridOptions, ridgeGrid } from './grid.ts';
import { checkFlag, checkStopping, type StoppingOptions } from './options.ts';
import { shown } from './pathChart.ts';
import { ridgeProblem, solutionsAt } from './ridgeProblem.ts';
import { solveSparse, withSamples } from './sparse.ts';

/** Solutions for one penalty after the other. It shows itself as a chart. */
export interface Path {
  /** The penalties, largest first. */
  readonly alphas: number[];
  /** For each penalty one coefficient for each feature. */
  readonly coefficients: number[][];
  /** One for each penalty. */
  readonly intercepts: number[];
  /** How many rounds each penalty took from the solution of the one before; 1 for a closed form. */
  readonly iterations: number[];
}

/** Options of `lassoPath`. */
export interface LassoPathOptions extends StoppingOptions, GridOptions {
  /** Whether the models have an intercept, which is not penalised; true by default. */
  fitIntercept?: boolean | undefined;
}

/** Options of `elasticNetPath`. */
export interface ElasticNetPathOptions extends LassoPathOptions {
  /** The share of ‖w‖₁ in the penalty, in (0, 1]; 0.5 by default. */
  l1Ratio?: number | undefined;
}

/** Options of `ridgePath`. */
export interface RidgePathOptions extends GridOptions {
  /** Whether the models have an intercept, which is not penalised; true by default. */
  fitIntercept?: boolean | undefined;
}

const OPTIONS = ['alphas', 'epsilon', 'fitIntercept', 'tolerance', 'maxIterations'];

function solvePath(
  where: string,
  x: TensorLike,
  y: TensorLike,
  l1Ratio: number,
  options: LassoPathOptions,
): Path {
  const { fitIntercept = true, tolerance = 1e-8, maxIterations = 10_000 } = options;
  checkNumber(where, 'l1Ratio', l1Ratio, { min: 0, max: 1, exclusiveMin: true });
  checkFlag(where, 'fitIntercept', fitIntercept);
  checkStopping(where, tolerance, maxIterations);
  const { alphas, solutions } = withSamples(where, x, y, fitIntercept, (problem) => {
    const grid = alphaGrid(where, options, l1Ratio, problem);
    const stopping = { tolerance, maxIterations };
    return {
      alphas: grid,
      solutions: grid.map((alpha) => solveSparse(where, problem, { alpha, l1Ratio }, stopping)),
    };
  });
  return shown(where, {
    alphas,
    coefficients: solutions.map(({ w }) => Array.from(w)),
    intercepts: solutions.map(({ intercept }) => intercept),
    iterations: solutions.map(({ iterations }) => iterations),
  });
}

/**
 * The lasso for one penalty after the other, each from the solution of the one before.
 *
 * `min 1/(2n)·‖y − X·w − b‖² + α·‖w‖₁` for falling α. Unless they are given, the α are evenly spaced in their
 * logarithm, from the smallest that leaves no feature in, `max|Xᵀ(y − ȳ)| / n`, down to `epsilon` times it.
 *
 * @param x samples, [samples, features], finite
 * @param y targets, [samples], finite
 * @param options `alphas`, how many or which (100), `epsilon` in (0, 1) (1e-3), `fitIntercept` (true), `tolerance`
 * (1e-8), `maxIterations` for each (10,000)
 * @returns `alphas`, falling; `coefficients`, `intercepts` and `iterations` for each of them
 * @throws ArgumentError when an option is out of range, a shape is another, or a number is not finite
 *
 * @example
 * linear.lassoPath([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { alphas: 20 }).coefficients;
 *
 * @see Friedman, Hastie & Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent",
 * Journal of Statistical Software 33, 2010
 */
export function lassoPath(x: TensorLike, y: TensorLike, options: LassoPathOptions = {}): Path {
  checkOptions('lassoPath', options, OPTIONS);
  return solvePath('lassoPath', x, y, 1, options);
}

/**
 * The elastic net for one penalty after the other, each from the solution of the one before.
 *
 * `min 1/(2n)·‖y − X·w − b‖² + α·(ρ·‖w‖₁ + ½(1 − ρ)·‖w‖²)` for falling α, with ρ = `l1Ratio`.
 *
 * @param x samples, [samples, features], finite
 * @param y targets, [samples], finite
 * @param options `l1Ratio` in (0, 1] (0.5), and those of `lassoPath`
 * @returns `alphas`, falling; `coefficients`, `intercepts` and `iterations` for each of them
 * @throws ArgumentError when an option is out of range, a shape is another, or a number is not finite
 *
 * @example
 * linear.elasticNetPath([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { l1Ratio: 0.8, alphas: 20 }).coefficients;
 *
 * @see Friedman, Hastie & Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent",
 * Journal of Statistical Software 33, 2010
 */
export function elasticNetPath(x: TensorLike, y: TensorLike, options: ElasticNetPathOptions = {}): Path {
  checkOptions('elasticNetPath', options, ['l1Ratio', ...OPTIONS]);
  return solvePath('elasticNetPath', x, y, options.l1Ratio ?? 0.5, options);
}

/**
 * Ridge regression for one penalty after the other. The samples are decomposed once; a penalty more costs next to
 * nothing.
 *
 * `min ‖y − X·w − b‖² + α‖w‖²` for falling α. Unless they are given, the penalties are evenly spaced in their
 * logarithm from 100·‖X‖² on, of X as the intercept leaves it, centred: there every coefficient is nearly 0.
 *
 * @param x samples, [samples, features], finite
 * @param y targets, [samples], finite
 * @param options `alphas`, how many or which (100), `epsilon` in (0, 1) (1e-6), `fitIntercept` (true)
 * @returns `alphas`, falling; `coefficients`, `intercepts` and `iterations` (1) for each of them
 * @throws ArgumentError when an option is out of range, a shape is another, or a number is not finite
 *
 * @example
 * linear.ridgePath([[1, 0], [0, 1], [1, 1]], [1, 2, 3], { alphas: [0.1, 1, 10] }).coefficients;
 *
 * @see Eldén, "Algorithms for the Regularization of Ill-Conditioned Least Squares Problems", BIT 17, 1977
 */
export function ridgePath(x: TensorLike, y: TensorLike, options: RidgePathOptions = {}): Path {
  checkOptions('ridgePath', options, ['alphas', 'epsilon', 'fitIntercept']);
  const { fitIntercept = true } = options;
  checkFlag('ridgePath', 'fitIntercept', fitIntercept);
  const { rows, columns } = readSamples('ridgePath', x);
  const target = readTarget('ridgePath', y, rows);
  const centres = centre(columns, [target], fitIntercept);
  const alphas = ridgeGrid('ridgePath', options, columns);
  const problem = ridgeProblem(columns, rows, [target]);
  const solutions = alphas.map((alpha) => solutionsAt(problem, alpha)[0]!);
  return shown('ridgePath', {
    alphas,
    coefficients: solutions.map((solution) => Array.from(solution)),
    intercepts: solutions.map((solution) => interceptOf(centres, solution)),
    iterations: alphas.map(() => 1),
  });
}
