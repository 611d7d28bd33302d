import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { type Bidiagonal, rotateIn } from './bidiagonal.ts';
import { type Centres, centre, interceptOf } from './centre.ts';
import { type CrossValidated, foldErrors, type Solution, smallestMean } from './crossValidate.ts';
import { type Matrix, readSamples, readTarget } from './data.ts';
import { checkAlphas } from './grid.ts';
import { oneModel } from './model.ts';
import { checkFlag } from './options.ts';
import { type RidgeProblem, ridgeProblem, solutionsAt } from './ridgeProblem.ts';
import { addTo } from './vectors.ts';

/** Options of `ridgeCv`. */
export interface RidgeCvOptions {
  /** The penalties to choose from, above 0; [0.1, 1, 10] by default. */
  alphas?: readonly number[] | undefined;
  /** Whether the model has an intercept, which is not penalised; true by default. */
  fitIntercept?: boolean | undefined;
  /** How many parts, at least 2; without it each sample is one. */
  folds?: number | undefined;
  /** Shuffles the samples before they are parted, an integer in [0, 2³² − 1]. */
  seed?: number | undefined;
}

interface Posed {
  readonly problem: RidgeProblem;
  readonly centres: Centres;
  /** The samples, centred. */
  readonly columns: readonly Float64Array[];
  readonly y: Float64Array;
}

function pose({ rows, columns }: Matrix, target: Float64Array, fitIntercept: boolean): Posed {
  const [own, y] = [columns.map((column) => column.slice()), target.slice()];
  const centres = centre(own, [y], fitIntercept);
  const factored = own.map((column) => column.slice());
  return { problem: ridgeProblem(factored, rows, [y]), centres, columns: own, y };
}

function solve({ problem, centres }: Posed, alpha: number): Solution {
  const w = solutionsAt(problem, alpha)[0]!;
  return { w, intercept: interceptOf(centres, w) };
}

/**
 * How much each sample pulls its own prediction: the diagonal of X·(XᵀX + αI)⁻¹·Xᵀ. With X = L·B·Vᵀ and the factor R of
 * [B; √α·I], that of row u of L is ‖R⁻ᵀ·Bᵀ·u‖².
 */
function leverages(left: readonly Float64Array[], square: Bidiagonal, alpha: number): Float64Array {
  const { diagonal, above } = rotateIn(square, new Float64Array(left.length), alpha);
  const sums = new Float64Array(left[0]!.length);
  const solved = new Float64Array(left[0]!.length);
  // An element of all rows after the other: memory is read in order.
  left.forEach((column, k) => {
    const [over, back] = k === 0 ? [0, 0] : [square.above[k - 1]!, above[k - 1]!];
    const before = left[Math.max(0, k - 1)]!;
    for (let i = 0; i < sums.length; i++) {
      const rest = over * before[i]! - back * solved[i]!;
      const element = (square.diagonal[k]! * column[i]! + rest) / diagonal[k]!;
      solved[i] = element;
      sums[i]! += element * element;
    }
  });
  return sums;
}

/** For each penalty the squared error at each sample of a model without it, all from one decomposition. */
function leaveOneOut(posed: Posed, alphas: readonly number[], fitIntercept: boolean): number[][] {
  const { problem, columns, y } = posed;
  const left = problem.left();
  const shared = fitIntercept ? 1 / y.length : 0;
  return alphas.map((alpha) => {
    const { w } = solve(posed, alpha);
    const residual = y.slice();
    columns.forEach((column, j) => {
      addTo(residual, column, -w[j]!);
    });
    const pulls = leverages(left, problem.square, alpha);
    return Array.from(residual, (value, i) => (value / (1 - shared - pulls[i]!)) ** 2);
  });
}

/**
 * Ridge regression with the penalty that predicts best in cross-validation.
 *
 * Without `folds`, each sample is predicted by the model of all others, whose error is `r_i / (1 − h_i)`: the residual
 * of the model of all samples, over what sample i does not pull of its own prediction. No model is fitted anew.
 *
 * @param x samples, [samples, features], finite
 * @param y targets, [samples], finite
 * @param options `alphas` > 0 ([0.1, 1, 10]), `fitIntercept` (true), `folds` ≥ 2, `seed`, which shuffles before
 * @returns a model with the chosen `alpha`, the `alphas` tried and their `meanSquaredErrors` on each part
 * @throws ArgumentError when an option is out of range, a shape is another, or a number is not finite
 *
 * @example
 * linear.ridgeCv([[1, 0], [0, 1], [1, 1], [2, 1]], [1, 2, 3, 4], { alphas: [0.01, 0.1, 1] }).alpha;
 *
 * @see Golub, Heath & Wahba, "Generalized Cross-Validation as a Method for Choosing a Good Ridge Parameter",
 * Technometrics 21, 1979
 */
export function ridgeCv(x: TensorLike, y: TensorLike, options: RidgeCvOptions = {}): CrossValidated {
  checkOptions('ridgeCv', options, ['alphas', 'fitIntercept', 'folds', 'seed']);
  const { alphas: given = [0.1, 1, 10], fitIntercept = true, folds } = options;
  const alphas = checkAlphas('ridgeCv', given);
  checkFlag('ridgeCv', 'fitIntercept', fitIntercept);
  const samples = readSamples('ridgeCv', x);
  const target = readTarget('ridgeCv', y, samples.rows);
  const posed = pose(samples, target, fitIntercept);
  const errors =
    folds === undefined
      ? leaveOneOut(posed, alphas, fitIntercept)
      : foldErrors('ridgeCv', samples, target, options, (part, partTarget) => {
          const partly = pose(part, partTarget, fitIntercept);
          return alphas.map((alpha) => solve(partly, alpha));
        });
  const alpha = alphas[smallestMean(errors)]!;
  const { w, intercept } = solve(posed, alpha);
  return { ...oneModel(w, intercept, 1), alpha, alphas, meanSquaredErrors: errors };
}
