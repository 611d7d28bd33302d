import { add, log, mul, sub } from '@tensorflow/tfjs-core';
import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { LOSS_OPTIONS, type LossOptions, type Reduced, type Reduction } from './options.ts';
import { elementwise } from './reduce.ts';
import { EPSILON } from './stable.ts';

/**
 * The negative log-likelihood of counts under a Poisson distribution, without its constant.
 *
 * `L = mean(yPred − yTrue·log(yPred + 1e-7))`, minimised at `yPred = yTrue`.
 *
 * @param yTrue counts ≥ 0, any shape
 * @param yPred predicted rates ≥ 0, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ
 *
 * @example
 * losses.poisson([2], [Math.E]); // e − 2
 *
 * @see Nelder & Wedderburn, "Generalized Linear Models", Journal of the Royal Statistical Society A 135, 1972
 */
export function poisson<R extends Reduction = 'mean'>(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: LossOptions<R> = {},
): Reduced<R> {
  checkOptions('poisson', options, LOSS_OPTIONS);
  return elementwise('poisson', yTrue, yPred, options, (y, p) => sub(p, mul(y, log(add(p, EPSILON)))));
}
