import { regularizers } from '@tensorflow/tfjs-layers';
import { checkNumber, checkOptions } from '../core/check.ts';
import { type Penalty, withPenalty } from './penalty.ts';

/** Options of `l1`. */
export interface L1Options {
  /** The factor λ ≥ 0; 0.01 by default. */
  l1?: number | undefined;
}

/** Options of `l2`. */
export interface L2Options {
  /** The factor λ ≥ 0; 0.01 by default. */
  l2?: number | undefined;
}

const factor = (where: string, name: string, value: number | undefined): number =>
  checkNumber(where, name, value ?? 0.01, { min: 0 });

/**
 * A penalty on the absolute values of weights, which makes many of them small.
 *
 * `λ·Σ|w|`, added to the loss: it is no change of the weights themselves. Under plain gradients few become exactly 0;
 * `proximal.l1` does that.
 *
 * @param options `l1` ≥ 0 (0.01), or that number alone
 * @returns a regularizer for the layers of a model, whose `penalty` takes any tree of tensors
 * @throws ArgumentError when λ is below 0
 *
 * @example
 * tf.layers.dense({ units: 8, kernelRegularizer: regularizers.l1({ l1: 1e-3 }) });
 *
 * @see Tibshirani, "Regression Shrinkage and Selection via the Lasso", Journal of the Royal Statistical Society B 58,
 * 1996
 */
export function l1(options: L1Options | number = {}): Penalty {
  const given = typeof options === 'number' ? { l1: options } : options;
  checkOptions('l1', given, ['l1']);
  return withPenalty(regularizers.l1({ l1: factor('l1', 'l1', given.l1) }));
}

/**
 * A penalty on the squares of weights.
 *
 * `λ·Σw²`, added to the loss, without a factor of ½: the gradient is `2λ·w`. Under plain gradient descent with rate η it
 * is weight decay of `2λ`; under Adam, which divides by the size of the gradient, it is not.
 *
 * @param options `l2` ≥ 0 (0.01), or that number alone
 * @returns a regularizer for the layers of a model, whose `penalty` takes any tree of tensors
 * @throws ArgumentError when λ is below 0
 *
 * @example
 * tf.layers.dense({ units: 8, kernelRegularizer: regularizers.l2({ l2: 1e-4 }) });
 *
 * @see Loshchilov & Hutter, "Decoupled Weight Decay Regularization", ICLR 2019
 */
export function l2(options: L2Options | number = {}): Penalty {
  const given = typeof options === 'number' ? { l2: options } : options;
  checkOptions('l2', given, ['l2']);
  return withPenalty(regularizers.l2({ l2: factor('l2', 'l2', given.l2) }));
}

/**
 * Both penalties at once: the elastic net.
 *
 * `λ₁·Σ|w| + λ₂·Σw²`, added to the loss.
 *
 * @param options `l1` ≥ 0 (0.01), `l2` ≥ 0 (0.01)
 * @returns a regularizer for the layers of a model, whose `penalty` takes any tree of tensors
 * @throws ArgumentError when a factor is below 0
 *
 * @example
 * const w = tf.tensor1d([1, -2]);
 * regularizers.l1l2({ l1: 0.1, l2: 0.01 }).penalty([w]); // 0.1·3 + 0.01·5
 *
 * @see Zou & Hastie, "Regularization and Variable Selection via the Elastic Net", Journal of the Royal Statistical
 * Society B 67, 2005
 */
export function l1l2(options: L1Options & L2Options = {}): Penalty {
  checkOptions('l1l2', options, ['l1', 'l2']);
  const factors = { l1: factor('l1l2', 'l1', options.l1), l2: factor('l1l2', 'l2', options.l2) };
  return withPenalty(regularizers.l1l2(factors));
}
