import type { Matrix } from './data.ts';
import { addTo, dot, sum } from './vectors.ts';

/** The objective of logistic regression over its parameters: for each row of weights these, then the intercepts. */
export interface LogisticObjective {
  /** How many parameters there are. */
  readonly size: number;
  value(parameters: Float64Array): number;
  gradient(parameters: Float64Array): Float64Array;
}

/** For each class the scores of the samples. */
export function scoresOf(
  { rows, columns }: Matrix,
  weights: readonly ArrayLike<number>[],
  intercepts: ArrayLike<number>,
): Float64Array[] {
  return weights.map((row, k) => {
    const scores = new Float64Array(rows).fill(intercepts[k] ?? 0);
    columns.forEach((column, j) => {
      addTo(scores, column, row[j]!);
    });
    return scores;
  });
}

/** Turns the scores of all classes into probabilities in place, or the one score into that of the second class. */
export function toProbabilities(scores: readonly Float64Array[]): void {
  const [first] = scores;
  if (scores.length === 1) {
    first!.forEach((score, i) => {
      first![i] = 1 / (1 + Math.exp(-score));
    });
    return;
  }
  for (let i = 0; i < first!.length; i++) {
    const largest = scores.reduce((most, row) => Math.max(most, row[i]!), -Infinity);
    let total = 0;
    for (const row of scores) {
      row[i] = Math.exp(row[i]! - largest);
      total += row[i]!;
    }
    for (const row of scores) row[i]! /= total;
  }
}

/** Σ log(1 + exp(−s)) for the second of two classes, Σ log(1 + exp s) for the first. */
function binaryLoss(scores: Float64Array, classes: Int32Array): number {
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const wrong = classes[i] === 1 ? -scores[i]! : scores[i]!;
    loss += Math.max(0, wrong) + Math.log1p(Math.exp(-Math.abs(wrong)));
  }
  return loss;
}

/** Σ (log Σ_k exp s_k − s of the class). */
function multinomialLoss(scores: readonly Float64Array[], classes: Int32Array): number {
  let loss = 0;
  for (let i = 0; i < classes.length; i++) {
    const largest = scores.reduce((most, row) => Math.max(most, row[i]!), -Infinity);
    const total = scores.reduce((all, row) => all + Math.exp(row[i]! - largest), 0);
    loss += largest + Math.log(total) - scores[classes[i]!]![i]!;
  }
  return loss;
}

/**
 * The mean loss and `½·penalty·‖w‖²`.
 *
 * @param classes of each sample, counted from 0
 * @param count how many rows of weights: 1 for two classes
 * @param penalty the factor of ½‖w‖²
 */
export function logisticObjective(
  samples: Matrix,
  classes: Int32Array,
  count: number,
  penalty: number,
  fitIntercept: boolean,
): LogisticObjective {
  const features = samples.columns.length;
  const { rows } = samples;
  const rowsOf = (parameters: Float64Array): Float64Array[] =>
    Array.from({ length: count }, (_, k) => parameters.subarray(k * features, (k + 1) * features));
  const scores = (parameters: Float64Array): Float64Array[] =>
    scoresOf(samples, rowsOf(parameters), parameters.subarray(count * features));
  const weightsOf = (parameters: Float64Array): Float64Array => parameters.subarray(0, count * features);
  return {
    size: count * (features + (fitIntercept ? 1 : 0)),
    value: (parameters) => {
      const all = scores(parameters);
      const loss = count === 1 ? binaryLoss(all[0]!, classes) : multinomialLoss(all, classes);
      const weights = weightsOf(parameters);
      return loss / rows + 0.5 * penalty * dot(weights, weights);
    },
    gradient: (parameters) => {
      const errors = scores(parameters);
      toProbabilities(errors);
      errors.forEach((row, k) => {
        for (let i = 0; i < rows; i++) row[i]! -= classes[i] === (count === 1 ? 1 : k) ? 1 : 0;
      });
      const result = new Float64Array(parameters.length);
      errors.forEach((row, k) => {
        samples.columns.forEach((column, j) => {
          result[k * features + j] = dot(column, row) / rows;
        });
        if (fitIntercept) result[count * features + k] = sum(row) / rows;
      });
      addTo(result.subarray(0, count * features), weightsOf(parameters), penalty);
      return result;
    },
  };
}
