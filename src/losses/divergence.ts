import { add, clipByValue, log, mul, type Scalar, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { checkWithin } from '../core/values.ts';
import { type Called, called } from './called.ts';
import { LOSS_OPTIONS, type LossFunction, type LossOptions, type Reduction, type Whole } from './options.ts';
import { vectorwise } from './reduce.ts';
import { EPSILON } from './stable.ts';

const clip = (p: Tensor): Tensor => clipByValue(p, EPSILON, 1);

function checkDistributions(where: string, yTrue: Tensor, yPred: Tensor): void {
  for (const [argument, x] of [
    ['yTrue', yTrue],
    ['yPred', yPred],
  ] as const) {
    checkWithin(where, argument, x.dataSync(), [0, 1], 'made of probabilities in [0, 1]');
  }
}

/** Σ p·(log p − log q) along `axis`. */
const divergence = (p: Tensor, q: Tensor, axis: number): Tensor => sum(mul(p, sub(log(p), log(q))), axis);

/**
 * The Kullback–Leibler divergence of the predicted from the true distribution.
 *
 * `L = mean(Σ_k y_k·log(y_k / p_k))`, in nats; both are clipped to [1e-7, 1]. 0 for equal distributions.
 *
 * @param yTrue distributions along `axis`, values in [0, 1]
 * @param yPred predicted distributions, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar ≥ 0; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty or a value is not in [0, 1]
 *
 * @example
 * losses.klDivergence([[0.5, 0.5]], [[0.25, 0.75]]); // ½·log 2 + ½·log ⅔ = 0.1438
 *
 * @see Kullback & Leibler, "On Information and Sufficiency", Annals of Mathematical Statistics 22, 1951
 */
export function klDivergence(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function klDivergence(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function klDivergence<R extends Reduction = 'mean'>(options?: LossOptions<R>): LossFunction<R>;
export function klDivergence(...call: unknown[]): Called {
  return called(klDivergence, call, (options: LossOptions) => {
    checkOptions('klDivergence', options, LOSS_OPTIONS);
    return vectorwise('klDivergence', options, (y, p, axis) => {
      checkDistributions('klDivergence', y, p);
      return divergence(clip(y), clip(p), axis);
    });
  });
}

/**
 * The Jensen–Shannon divergence: symmetric, and never above log 2.
 *
 * `L = mean(½·KL(y ‖ m) + ½·KL(p ‖ m))` with `m = (y + p)/2`, in nats; both are clipped to [1e-7, 1].
 *
 * @param yTrue distributions along `axis`, values in [0, 1]
 * @param yPred predicted distributions, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar in [0, log 2]; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty or a value is not in [0, 1]
 *
 * @example
 * losses.jensenShannon([[1, 0]], [[0, 1]]); // log 2
 *
 * @see Lin, "Divergence Measures Based on the Shannon Entropy", IEEE Transactions on Information
 * Theory 37, 1991
 */
export function jensenShannon(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function jensenShannon(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function jensenShannon<R extends Reduction = 'mean'>(options?: LossOptions<R>): LossFunction<R>;
export function jensenShannon(...call: unknown[]): Called {
  return called(jensenShannon, call, (options: LossOptions) => {
    checkOptions('jensenShannon', options, LOSS_OPTIONS);
    return vectorwise('jensenShannon', options, (y, p, axis) => {
      checkDistributions('jensenShannon', y, p);
      const [a, b] = [clip(y), clip(p)];
      const middle = mul(add(a, b), 0.5);
      return mul(add(divergence(a, middle, axis), divergence(b, middle, axis)), 0.5);
    });
  });
}
