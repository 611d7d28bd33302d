import { add, minimum, mul, type Scalar, sign, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { type Called, called } from './called.ts';
import { LOSS_OPTIONS, type LossFunction, type LossOptions, type Reduction, type Whole } from './options.ts';
import { elementwise } from './reduce.ts';
import { absolute, logCoshOf } from './stable.ts';

/** Options of `huber`. */
export interface HuberOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** The error from which on the loss is linear, above 0, in units of the target; 1 by default. */
  delta?: number | undefined;
}

/**
 * Huber's loss: squared for small errors, linear for outliers.
 *
 * `L = mean(½e²)` where `|e| ≤ δ`, `mean(δ|e| − ½δ²)` elsewhere, with `e = yTrue − yPred`.
 *
 * @param yTrue targets, any shape
 * @param yPred predictions, the shape of `yTrue`
 * @param options `delta` > 0 (1); `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty or `delta` is not above 0
 *
 * @example
 * losses.huber([0, 0], [0.5, 3]); // (0.125 + 2.5) / 2
 *
 * @see Huber, "Robust Estimation of a Location Parameter", Annals of Mathematical Statistics 35, 1964
 */
export function huber(yTrue: TensorLike, yPred: TensorLike, options?: HuberOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function huber(yTrue: TensorLike, yPred: TensorLike, options?: HuberOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function huber<R extends Reduction = 'mean'>(options?: HuberOptions<R>): LossFunction<R>;
export function huber(...call: unknown[]): Called {
  return called(huber, call, (options: HuberOptions) => {
    checkOptions('huber', options, ['delta', ...LOSS_OPTIONS]);
    const delta = checkNumber('huber', 'delta', options.delta ?? 1, { min: 0, exclusiveMin: true });
    return elementwise('huber', options, (y, p) => {
      const error = absolute(sub(y, p));
      const quadratic = minimum(error, delta);
      return add(mul(square(quadratic), 0.5), mul(sub(error, quadratic), delta));
    });
  });
}

/**
 * The logarithm of the hyperbolic cosine of the error: a smooth relative of Huber's loss.
 *
 * `L = mean(log cosh(yPred − yTrue))`, about `½e²` for small errors and `|e| − log 2` for large ones;
 * its gradient is `tanh e`.
 *
 * @param yTrue targets, any shape
 * @param yPred predictions, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ or the batch is empty
 *
 * @example
 * losses.logCosh([0], [1]); // 0.4338
 *
 * @see Green, "Bayesian Reconstructions from Emission Tomography Data Using a Modified EM Algorithm",
 * IEEE Transactions on Medical Imaging 9, 1990
 */
export function logCosh(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function logCosh(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function logCosh<R extends Reduction = 'mean'>(options?: LossOptions<R>): LossFunction<R>;
export function logCosh(...call: unknown[]): Called {
  return called(logCosh, call, (options: LossOptions) => {
    checkOptions('logCosh', options, LOSS_OPTIONS);
    return elementwise('logCosh', options, (y, p) => logCoshOf(sub(p, y)));
  });
}

/** Options of `quantile`. */
export interface QuantileOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** The quantile to predict, in (0, 1); 0.5, the median, by default. */
  q?: number | undefined;
}

/**
 * The quantile (pinball) loss, minimised by the conditional q-quantile.
 *
 * `L = mean(max(q·e, (q − 1)·e))` with `e = yTrue − yPred`; at q = ½ half the mean absolute error. Where the
 * error is 0 its gradient is the middle of the slopes on both sides, ½ − q.
 *
 * @param yTrue targets, any shape
 * @param yPred predictions, the shape of `yTrue`
 * @param options `q` in (0, 1) (0.5); `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty or `q` is not in (0, 1)
 *
 * @example
 * losses.quantile([10, 10], [8, 12], { q: 0.9 }); // (1.8 + 0.2) / 2
 *
 * @see Koenker & Bassett, "Regression Quantiles", Econometrica 46, 1978
 */
export function quantile(yTrue: TensorLike, yPred: TensorLike, options?: QuantileOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function quantile(yTrue: TensorLike, yPred: TensorLike, options?: QuantileOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function quantile<R extends Reduction = 'mean'>(options?: QuantileOptions<R>): LossFunction<R>;
export function quantile(...call: unknown[]): Called {
  return called(quantile, call, (options: QuantileOptions) => {
    checkOptions('quantile', options, ['q', ...LOSS_OPTIONS]);
    const range = { min: 0, max: 1, exclusiveMin: true, exclusiveMax: true };
    const q = checkNumber('quantile', 'q', options.q ?? 0.5, range);
    return elementwise('quantile', options, (y, p) => {
      const error = sub(y, p);
      return mul(error, add(mul(sign(error), 0.5), q - 0.5));
    });
  });
}
