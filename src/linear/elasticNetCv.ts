import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { type CrossValidated, foldErrors, smallestMean } from './crossValidate.ts';
import { type Matrix, readSamples, readTarget } from './data.ts';
import type { FoldOptions } from './folds.ts';
import { alphaGrid } from './grid.ts';
import { oneModel } from './model.ts';
import { checkFlag, checkStopping } from './options.ts';
import type { LassoPathOptions } from './paths.ts';
import { solveSparse, withMatrix } from './sparse.ts';

/** Options of `lassoCv`. */
export interface LassoCvOptions extends LassoPathOptions, FoldOptions {}

/** Options of `elasticNetCv`. */
export interface ElasticNetCvOptions extends LassoCvOptions {
  /** The share of ‖w‖₁ in the penalty, in (0, 1], or a list of which the best is chosen; 0.5 by default. */
  l1Ratio?: number | readonly number[] | undefined;
}

/** An elastic net that cross-validation has chosen. */
export interface CrossValidatedNet extends CrossValidated {
  /** The share of ‖w‖₁ of the smallest mean error. */
  readonly l1Ratio: number;
}

interface Settings {
  readonly fitIntercept: boolean;
  readonly tolerance: number;
  readonly maxIterations: number;
}

interface Tried {
  readonly l1Ratio: number;
  readonly alphas: number[];
  readonly errors: number[][];
  readonly best: number;
}

const OPTIONS = ['alphas', 'epsilon', 'fitIntercept', 'tolerance', 'maxIterations', 'folds', 'seed'];

/** The errors of all penalties of one share. */
function tryRatio(
  where: string,
  samples: Matrix,
  y: Float64Array,
  l1Ratio: number,
  options: LassoCvOptions,
  settings: Settings,
): Tried {
  const { fitIntercept } = settings;
  const alphas = withMatrix(samples, y, fitIntercept, (problem) =>
    alphaGrid(where, options, l1Ratio, problem),
  );
  const errors = foldErrors(where, samples, y, options, (part, target) =>
    withMatrix(part, target, fitIntercept, (problem) =>
      alphas.map((alpha) => solveSparse(where, problem, { alpha, l1Ratio }, settings)),
    ),
  );
  return { l1Ratio, alphas, errors, best: smallestMean(errors) };
}

function choose(
  where: string,
  x: TensorLike,
  y: TensorLike,
  ratios: readonly number[],
  options: LassoCvOptions,
): CrossValidatedNet {
  const { fitIntercept = true, tolerance = 1e-8, maxIterations = 10_000 } = options;
  for (const ratio of ratios) {
    checkNumber(where, 'l1Ratio', ratio, { min: 0, max: 1, exclusiveMin: true });
  }
  checkFlag(where, 'fitIntercept', fitIntercept);
  checkStopping(where, tolerance, maxIterations);
  const settings = { fitIntercept, tolerance, maxIterations };
  const samples = readSamples(where, x);
  const target = readTarget(where, y, samples.rows);
  const tried = ratios.map((ratio) => tryRatio(where, samples, target, ratio, options, settings));
  const chosen = tried[smallestMean(tried.map(({ errors, best }) => errors[best]!))]!;
  const { l1Ratio, alphas, errors, best } = chosen;
  const alpha = alphas[best]!;
  const model = withMatrix(samples, target, fitIntercept, (problem) =>
    solveSparse(where, problem, { alpha, l1Ratio }, settings),
  );
  const fitted = oneModel(model.w, model.intercept, model.iterations);
  return { ...fitted, alpha, l1Ratio, alphas, meanSquaredErrors: errors };
}

/**
 * The lasso with the penalty that predicts best in cross-validation.
 *
 * For each of k parts of the samples a path of `lassoPath` on the others predicts it; the α of the smallest mean squared
 * error over all parts is used on all samples.
 *
 * @param x samples, [samples, features], finite
 * @param y targets, [samples], finite
 * @param options `folds` ≥ 2 (5), `seed`, which shuffles before, and those of `lassoPath`
 * @returns a model with the chosen `alpha`, the `alphas` tried and their `meanSquaredErrors` on each part
 * @throws ArgumentError when an option is out of range, a shape is another, or a number is not finite
 *
 * @example
 * const { x, y } = datasets.regression({ samples: 60, coefficients: [0, 2, -1] });
 * const powers = Array.from(x, (value) => [1, 2, 3, 4, 5, 6].map((k) => value ** k));
 * linear.lassoCv(powers, y, { seed: 1 }).alpha;
 *
 * @see Hastie, Tibshirani & Friedman, "The Elements of Statistical Learning", 2nd edition, Springer 2009, section 7.10
 */
export function lassoCv(x: TensorLike, y: TensorLike, options: LassoCvOptions = {}): CrossValidated {
  checkOptions('lassoCv', options, OPTIONS);
  const { l1Ratio: _, ...model } = choose('lassoCv', x, y, [1], options);
  return model;
}

/**
 * The elastic net with the penalty, and the share of ‖w‖₁ if there are several, that predict best in cross-validation.
 *
 * @param x samples, [samples, features], finite
 * @param y targets, [samples], finite
 * @param options `l1Ratio` in (0, 1] or a list of them (0.5), and those of `lassoCv`
 * @returns a model with the chosen `alpha` and `l1Ratio`, the `alphas` tried with that share and their
 * `meanSquaredErrors` on each part
 * @throws ArgumentError when an option is out of range, a shape is another, or a number is not finite
 *
 * @example
 * const { x, y } = datasets.regression({ samples: 60, coefficients: [0, 2, -1] });
 * const powers = Array.from(x, (value) => [1, 2, 3, 4, 5, 6].map((k) => value ** k));
 * linear.elasticNetCv(powers, y, { l1Ratio: [0.5, 0.9, 1], seed: 1 }).l1Ratio;
 *
 * @see Zou & Hastie, "Regularization and Variable Selection via the Elastic Net", Journal of the Royal Statistical
 * Society B 67, 2005
 */
export function elasticNetCv(
  x: TensorLike,
  y: TensorLike,
  options: ElasticNetCvOptions = {},
): CrossValidatedNet {
  checkOptions('elasticNetCv', options, ['l1Ratio', ...OPTIONS]);
  const { l1Ratio = 0.5, ...others } = options;
  const ratios = typeof l1Ratio === 'number' ? [l1Ratio] : l1Ratio;
  if (!Array.isArray(ratios) || ratios.length === 0) {
    throw new ArgumentError(
      'elasticNetCv',
      'l1Ratio',
      describe(l1Ratio),
      'a number in (0, 1], or a list of them',
    );
  }
  return choose('elasticNetCv', x, y, ratios, others);
}
