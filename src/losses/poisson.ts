import { add, log, mul, type Scalar, sub, type Tensor } from '@tensorflow/tfjs-core';
import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { checkWithin } from '../core/values.ts';
import { type Called, called } from './called.ts';
import { LOSS_OPTIONS, type LossFunction, type LossOptions, type Reduction, type Whole } from './options.ts';
import { elementwise } from './reduce.ts';
import { EPSILON } from './stable.ts';

/**
 * The negative log-likelihood of counts under a Poisson distribution, without its constant.
 *
 * `L = mean(yPred − yTrue·log(yPred + 1e-7))`, minimised at `yPred = yTrue`.
 *
 * @param yTrue counts ≥ 0, any shape
 * @param yPred predicted rates ≥ 0, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty or a value is below 0
 *
 * @example
 * losses.poisson([2], [Math.E]); // e − 2
 *
 * @see Nelder & Wedderburn, "Generalized Linear Models", Journal of the Royal Statistical Society A 135, 1972
 */
export function poisson(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function poisson(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function poisson<R extends Reduction = 'mean'>(options?: LossOptions<R>): LossFunction<R>;
export function poisson(...call: unknown[]): Called {
  return called(poisson, call, (options: LossOptions) => {
    checkOptions('poisson', options, LOSS_OPTIONS);
    return elementwise('poisson', options, (y, p) => {
      const range = [0, Infinity] as const;
      checkWithin('poisson', 'yTrue', y.dataSync(), range, 'made of counts of at least 0');
      checkWithin('poisson', 'yPred', p.dataSync(), range, 'made of rates of at least 0');
      return sub(p, mul(y, log(add(p, EPSILON))));
    });
  });
}
