import { ArgumentError, checkNumber, checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { minimize } from '../optimizers/minimize/index.ts';
import { readNewSamples, readSamples, readTarget } from './data.ts';
import { logisticObjective, scoresOf, toProbabilities } from './logistic.ts';
import { checkFlag, checkStopping } from './options.ts';

/** Options of `logisticRegression`. */
export interface LogisticOptions {
  /** The inverse of the penalty's strength, above 0: the factor of the losses' sum beside ½‖w‖²; 1 by default. */
  C?: number | undefined;
  /** Whether the model has intercepts, which are not penalised; true by default. */
  fitIntercept?: boolean | undefined;
  /** The largest slope, of the mean loss, that may be left, above 0; 1e-8 by default. */
  tolerance?: number | undefined;
  /** At most so many steps of L-BFGS; 10,000 by default. */
  maxIterations?: number | undefined;
}

/** A linear model of the probabilities of classes. */
export interface LogisticModel {
  /** The labels, ascending. */
  readonly classes: number[];
  /** For each class one for each feature; of two classes only for the second. */
  readonly coefficients: number[][];
  /** One for each class; of two classes only for the second. */
  readonly intercept: number[];
  readonly iterations: number;
  /** Whether the slopes are as small as was asked for. */
  readonly converged: boolean;
  /** The most probable label of each sample, [samples, features]. */
  predict(x: TensorLike): number[];
  /** For each sample the probability of each class, in the order of `classes`. */
  predictProbabilities(x: TensorLike): number[][];
}

/** The labels that there are, and the class of each sample, counted from 0. */
function classesOf(labels: Float64Array): { classes: number[]; indices: Int32Array } {
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  if (classes.length < 2) {
    throw new ArgumentError('logisticRegression', 'y', `only ${classes[0]}`, 'of two labels or more');
  }
  const index = new Map(classes.map((label, k) => [label, k]));
  return { classes, indices: Int32Array.from(labels, (label) => index.get(label)!) };
}

function probabilitiesFor(x: TensorLike, coefficients: number[][], intercept: number[]): number[][] {
  const samples = readNewSamples('predict', x, coefficients[0]!.length);
  const scores = scoresOf(samples, coefficients, intercept);
  toProbabilities(scores);
  return Array.from({ length: samples.rows }, (_, i) =>
    scores.length === 1 ? [1 - scores[0]![i]!, scores[0]![i]!] : scores.map((row) => row[i]!),
  );
}

/** The index of the largest. */
const largest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

/**
 * Logistic regression: the probabilities of two classes or more, with a penalty on the squares of the weights.
 *
 * `min ½‖w‖² + C·Σ_i −log p(y_i | x_i)`, with `p = 1 / (1 + exp(−x·w − b))` of the second of two classes, and the
 * softmax of `x·w_k + b_k` of several. It is minimised by L-BFGS.
 *
 * @param x samples, [samples, features], finite
 * @param y labels, [samples], any finite numbers, at least two different ones
 * @param options `C` > 0 (1), `fitIntercept` (true), `tolerance` > 0 (1e-8), `maxIterations` (10,000)
 * @returns `classes`, `coefficients` and `intercept` for each (of two classes for the second only), `predict(x)`,
 * `predictProbabilities(x)`, `iterations`, `converged`
 * @throws ArgumentError when an option is out of range, a shape is another, or a number is not finite
 *
 * @example
 * linear.logisticRegression([[0], [1], [2], [3]], [0, 0, 1, 1]).predict([[0.5], [2.5]]); // [0, 1]
 *
 * @see Cox, "The Regression Analysis of Binary Sequences", Journal of the Royal Statistical Society B 20, 1958; Liu &
 * Nocedal, "On the Limited Memory BFGS Method for Large Scale Optimization", Mathematical Programming 45, 1989
 */
export function logisticRegression(
  x: TensorLike,
  y: TensorLike,
  options: LogisticOptions = {},
): LogisticModel {
  checkOptions('logisticRegression', options, ['C', 'fitIntercept', 'tolerance', 'maxIterations']);
  const { C = 1, fitIntercept = true, tolerance = 1e-8, maxIterations = 10_000 } = options;
  checkNumber('logisticRegression', 'C', C, { min: 0, exclusiveMin: true });
  checkFlag('logisticRegression', 'fitIntercept', fitIntercept);
  checkStopping('logisticRegression', tolerance, maxIterations);
  const samples = readSamples('logisticRegression', x);
  const { rows, columns } = samples;
  const { classes, indices } = classesOf(readTarget('logisticRegression', y, rows));
  const count = classes.length === 2 ? 1 : classes.length;
  const objective = logisticObjective(samples, indices, count, 1 / (C * rows), fitIntercept);
  const { gradient, size } = objective;
  const found = minimize(objective.value, new Float64Array(size), { gradient, tolerance, maxIterations });
  const features = columns.length;
  const coefficients = Array.from({ length: count }, (_, k) =>
    Array.from(found.x.subarray(k * features, (k + 1) * features)),
  );
  const intercept = coefficients.map((_, k) => found.x[count * features + k] ?? 0);
  const predictProbabilities = (unseen: TensorLike): number[][] =>
    probabilitiesFor(unseen, coefficients, intercept);
  return {
    classes,
    coefficients,
    intercept,
    iterations: found.iterations,
    converged: found.converged,
    predict: (unseen) => predictProbabilities(unseen).map((row) => classes[largest(row)]!),
    predictProbabilities,
  };
}
