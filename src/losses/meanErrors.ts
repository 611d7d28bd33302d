import { abs, add, div, log, maximum, mul, square, sub } from '@tensorflow/tfjs-core';
import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { LOSS_OPTIONS, type LossOptions, type Reduced, type Reduction } from './options.ts';
import { elementwise } from './reduce.ts';
import { absolute, EPSILON } from './stable.ts';

/**
 * The mean squared error.
 *
 * `L = mean((yTrue − yPred)²)`, minimised by the conditional mean; one outlier can outweigh all other
 * samples.
 *
 * @param yTrue targets, any shape
 * @param yPred predictions, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ
 *
 * @example
 * losses.meanSquaredError([[1, 9, 2], [-5, -2, 6]], [[4, 8, 12], [8, 1, 3]]); // 49.5
 */
export function meanSquaredError<R extends Reduction = 'mean'>(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: LossOptions<R> = {},
): Reduced<R> {
  checkOptions('meanSquaredError', options, LOSS_OPTIONS);
  return elementwise('meanSquaredError', yTrue, yPred, options, (y, p) => square(sub(y, p)));
}

/**
 * The mean absolute error.
 *
 * `L = mean(|yTrue − yPred|)`, minimised by the conditional median. Its gradient has the same size for
 * every error, and is 0 where the error is 0.
 *
 * @param yTrue targets, any shape
 * @param yPred predictions, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ
 *
 * @example
 * losses.meanAbsoluteError([[1, 9, 2], [-5, -2, 6]], [[4, 8, 12], [8, 1, 3]]); // 5.5
 */
export function meanAbsoluteError<R extends Reduction = 'mean'>(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: LossOptions<R> = {},
): Reduced<R> {
  checkOptions('meanAbsoluteError', options, LOSS_OPTIONS);
  return elementwise('meanAbsoluteError', yTrue, yPred, options, (y, p) => absolute(sub(y, p)));
}

/**
 * The mean absolute percentage error.
 *
 * `L = 100 · mean(|yTrue − yPred| / max(|yTrue|, 1e-7))`, in percent.
 *
 * @param yTrue targets, any shape, away from 0
 * @param yPred predictions, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ
 *
 * @example
 * losses.meanAbsolutePercentageError([100, 200], [110, 180]); // 10
 */
export function meanAbsolutePercentageError<R extends Reduction = 'mean'>(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: LossOptions<R> = {},
): Reduced<R> {
  checkOptions('meanAbsolutePercentageError', options, LOSS_OPTIONS);
  return elementwise('meanAbsolutePercentageError', yTrue, yPred, options, (y, p) =>
    mul(absolute(div(sub(y, p), maximum(abs(y), EPSILON))), 100),
  );
}

/**
 * The mean squared logarithmic error: relative errors count, absolute ones do not.
 *
 * `L = mean((log(1 + yTrue) − log(1 + yPred))²)`, both clipped below at 1e-7.
 *
 * @param yTrue targets ≥ 0, any shape
 * @param yPred predictions ≥ 0, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ
 *
 * @example
 * losses.meanSquaredLogarithmicError([Math.E - 1], [0]); // 1
 */
export function meanSquaredLogarithmicError<R extends Reduction = 'mean'>(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: LossOptions<R> = {},
): Reduced<R> {
  checkOptions('meanSquaredLogarithmicError', options, LOSS_OPTIONS);
  return elementwise('meanSquaredLogarithmicError', yTrue, yPred, options, (y, p) =>
    square(sub(log(add(maximum(y, EPSILON), 1)), log(add(maximum(p, EPSILON), 1)))),
  );
}
