import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { TensorLike } from '../core/types.ts';
import { readNewSamples } from './data.ts';
import { addTo } from './vectors.ts';

/** A linear model of one target: `y ≈ x·coefficients + intercept`. */
export interface LinearModel {
  /** One for each feature. */
  readonly coefficients: number[];
  readonly intercept: number;
  /** How many rounds over the features, or steps, it took; 1 for a closed form. */
  readonly iterations: number;
  /**
   * The predictions for new samples.
   *
   * @param x [samples, features]
   * @throws ArgumentError when it has another number of features than in training
   */
  predict(x: TensorLike): number[];
}

/** Linear models of several targets over the same samples. */
export interface LinearModels {
  /** For each target one for each feature. */
  readonly coefficients: number[][];
  /** One for each target. */
  readonly intercept: number[];
  readonly iterations: number;
  /** The predictions for new samples, for each sample one for each target. */
  predict(x: TensorLike): number[][];
}

/** Targets of several models at once, [samples, targets]. */
export type SeveralTargets = Tensor2D | readonly (readonly number[] | Float32Array | Float64Array)[];

/** Solutions of the centred problem, and what they were centred by. */
export interface Fitted {
  readonly solutions: readonly Float64Array[];
  readonly intercepts: readonly number[];
  readonly iterations: number;
}

/** X·w + b for each of several w. */
function predictions(
  where: string,
  x: TensorLike,
  solutions: readonly ArrayLike<number>[],
  intercepts: readonly number[],
): Float64Array[] {
  const { rows, columns } = readNewSamples(where, x, solutions[0]!.length);
  return solutions.map((solution, t) => {
    const result = new Float64Array(rows).fill(intercepts[t]!);
    columns.forEach((column, j) => {
      addTo(result, column, solution[j]!);
    });
    return result;
  });
}

/** The model of one target. */
export function oneModel(solution: ArrayLike<number>, intercept: number, iterations: number): LinearModel {
  const coefficients = Array.from(solution);
  return {
    coefficients,
    intercept,
    iterations,
    predict: (x) => Array.from(predictions('predict', x, [coefficients], [intercept])[0]!),
  };
}

/** The model of a vector of targets, or the models of several. */
export function modelsOf(fitted: Fitted, isVector: boolean): LinearModel | LinearModels {
  const { solutions, intercepts, iterations } = fitted;
  if (isVector) return oneModel(solutions[0]!, intercepts[0]!, iterations);
  const coefficients = solutions.map((solution) => Array.from(solution));
  return {
    coefficients,
    intercept: [...intercepts],
    iterations,
    predict: (x) => {
      const columns = predictions('predict', x, coefficients, intercepts);
      return Array.from(columns[0]!, (_, i) => columns.map((column) => column[i]!));
    },
  };
}
