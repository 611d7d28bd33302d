import {
  abs,
  add,
  div,
  log,
  maximum,
  mul,
  type Scalar,
  square,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { type Called, called } from './called.ts';
import { LOSS_OPTIONS, type LossFunction, type LossOptions, type Reduction, type Whole } from './options.ts';
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
 * @param options `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ or the batch is empty
 *
 * @example
 * losses.meanSquaredError([[1, 9, 2], [-5, -2, 6]], [[4, 8, 12], [8, 1, 3]]); // 49.5
 */
export function meanSquaredError(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function meanSquaredError(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function meanSquaredError<R extends Reduction = 'mean'>(options?: LossOptions<R>): LossFunction<R>;
export function meanSquaredError(...call: unknown[]): Called {
  return called(meanSquaredError, call, (options: LossOptions) => {
    checkOptions('meanSquaredError', options, LOSS_OPTIONS);
    return elementwise('meanSquaredError', options, (y, p) => square(sub(y, p)));
  });
}

/**
 * The mean absolute error.
 *
 * `L = mean(|yTrue − yPred|)`, minimised by the conditional median. Its gradient has the same size for
 * every error, and is 0 where the error is 0.
 *
 * @param yTrue targets, any shape
 * @param yPred predictions, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ or the batch is empty
 *
 * @example
 * losses.meanAbsoluteError([[1, 9, 2], [-5, -2, 6]], [[4, 8, 12], [8, 1, 3]]); // 5.5
 */
export function meanAbsoluteError(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function meanAbsoluteError(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function meanAbsoluteError<R extends Reduction = 'mean'>(options?: LossOptions<R>): LossFunction<R>;
export function meanAbsoluteError(...call: unknown[]): Called {
  return called(meanAbsoluteError, call, (options: LossOptions) => {
    checkOptions('meanAbsoluteError', options, LOSS_OPTIONS);
    return elementwise('meanAbsoluteError', options, (y, p) => absolute(sub(y, p)));
  });
}

/**
 * The mean absolute percentage error.
 *
 * `L = 100 · mean(|yTrue − yPred| / max(|yTrue|, 1e-7))`, in percent.
 *
 * @param yTrue targets, any shape, away from 0
 * @param yPred predictions, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ or the batch is empty
 *
 * @example
 * losses.meanAbsolutePercentageError([100, 200], [110, 180]); // 10
 */
export function meanAbsolutePercentageError(
  yTrue: TensorLike,
  yPred: TensorLike,
  options?: LossOptions<Whole>,
): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function meanAbsolutePercentageError(
  yTrue: TensorLike,
  yPred: TensorLike,
  options?: LossOptions,
): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function meanAbsolutePercentageError<R extends Reduction = 'mean'>(
  options?: LossOptions<R>,
): LossFunction<R>;
export function meanAbsolutePercentageError(...call: unknown[]): Called {
  return called(meanAbsolutePercentageError, call, (options: LossOptions) => {
    checkOptions('meanAbsolutePercentageError', options, LOSS_OPTIONS);
    return elementwise('meanAbsolutePercentageError', options, (y, p) =>
      mul(absolute(div(sub(y, p), maximum(abs(y), EPSILON))), 100),
    );
  });
}

/**
 * The mean squared logarithmic error: relative errors count, absolute ones do not.
 *
 * `L = mean((log(1 + yTrue) − log(1 + yPred))²)`, both clipped below at 1e-7.
 *
 * @param yTrue targets ≥ 0, any shape
 * @param yPred predictions ≥ 0, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ or the batch is empty
 *
 * @example
 * losses.meanSquaredLogarithmicError([Math.E - 1], [0]); // 1
 */
export function meanSquaredLogarithmicError(
  yTrue: TensorLike,
  yPred: TensorLike,
  options?: LossOptions<Whole>,
): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function meanSquaredLogarithmicError(
  yTrue: TensorLike,
  yPred: TensorLike,
  options?: LossOptions,
): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function meanSquaredLogarithmicError<R extends Reduction = 'mean'>(
  options?: LossOptions<R>,
): LossFunction<R>;
export function meanSquaredLogarithmicError(...call: unknown[]): Called {
  return called(meanSquaredLogarithmicError, call, (options: LossOptions) => {
    checkOptions('meanSquaredLogarithmicError', options, LOSS_OPTIONS);
    return elementwise('meanSquaredLogarithmicError', options, (y, p) =>
      square(sub(log(add(maximum(y, EPSILON), 1)), log(add(maximum(p, EPSILON), 1)))),
    );
  });
}
