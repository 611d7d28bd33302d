import {
  add,
  equal,
  log,
  logicalAnd,
  mul,
  neg,
  type Scalar,
  sub,
  sum,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { type Called, called } from './called.ts';
import {
  type LossFunction,
  PROBABILITY_OPTIONS,
  type ProbabilityOptions,
  type Reduction,
  type Whole,
} from './options.ts';
import { probabilistic } from './probability.ts';
import { elementwise, vectorwise } from './reduce.ts';
import { binaryFromLogits, clipProbability, logSoftmaxAlong } from './stable.ts';

/** −z·log p − (1 − z)·log(1 − p), elementwise on clipped probabilities. */
export function binaryFromProbabilities(z: Tensor, probability: Tensor): Tensor {
  const p = clipProbability(probability);
  return neg(add(mul(z, log(p)), mul(sub(1, z), log(sub(1, p)))));
}

/** The logarithms of the class probabilities along `axis`. */
export function logProbabilities(yPred: Tensor, fromLogits: boolean, axis: number): Tensor {
  return fromLogits ? logSoftmaxAlong(yPred, axis) : log(clipProbability(yPred));
}

/** −Σ_k z_k·log p_k along `axis`; a class of label 0 and probability 0 adds nothing, as is the limit. */
export function crossentropyAlong(z: Tensor, yPred: Tensor, fromLogits: boolean, axis: number): Tensor {
  const logs = logProbabilities(yPred, fromLogits, axis);
  const along = (logs: Tensor): Tensor => neg(sum(mul(z, logs), axis));
  const loss = along(logs);
  // Only a logit of −Infinity needs more than the product, which is NaN there; logits seldom have one.
  if (!fromLogits || !loss.dataSync().some(Number.isNaN)) return loss;
  const isNothing = logicalAnd(equal(z, 0), equal(logs, Number.NEGATIVE_INFINITY));
  return along(where(isNothing, zerosLike(logs), logs));
}

/**
 * The cross-entropy of two classes, or of several labels that do not exclude each other.
 *
 * `L = −mean(y·log p + (1 − y)·log(1 − p))` with `p = σ(yPred)` from logits, in nats. Probabilities are
 * clipped to [1e-7, 1 − 1e-7]. Smoothing makes the labels `y·(1 − s) + s/2`.
 *
 * @param yTrue labels in [0, 1], any shape
 * @param yPred probabilities in [0, 1], or logits, the shape of `yTrue`
 * @param options `fromLogits`, `labelSmoothing`, `classWeight`; `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty, or labels, probabilities or an option are out of range
 *
 * @example
 * losses.binaryCrossentropy([1, 0], [2, -2], { fromLogits: true }); // log(1 + e⁻²)
 *
 * @see Good, "Rational Decisions", Journal of the Royal Statistical Society B 14, 1952
 */
export function binaryCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options?: ProbabilityOptions<Whole>,
): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function binaryCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options?: ProbabilityOptions,
): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function binaryCrossentropy<R extends Reduction = 'mean'>(
  options?: ProbabilityOptions<R>,
): LossFunction<R>;
export function binaryCrossentropy(...call: unknown[]): Called {
  return called(binaryCrossentropy, call, (options: ProbabilityOptions) => {
    checkOptions('binaryCrossentropy', options, PROBABILITY_OPTIONS);
    const { fromLogits, labels, weigh } = probabilistic('binaryCrossentropy', options);
    return elementwise('binaryCrossentropy', options, (y, p) => {
      const z = labels(y, p, 2);
      return weigh(fromLogits ? binaryFromLogits(z, p) : binaryFromProbabilities(z, p), y);
    });
  });
}

/**
 * The cross-entropy of classes that exclude each other.
 *
 * `L = −mean(Σ_k y_k·log p_k)` with `p = softmax(yPred)` from logits, in nats. Probabilities are clipped
 * to [1e-7, 1 − 1e-7], not rescaled. A logit of −Infinity is a class of probability 0, and adds nothing where
 * its label is 0. Smoothing makes the labels of K classes `y·(1 − s) + s/K`.
 *
 * @param yTrue one-hot labels or distributions, the classes along `axis`
 * @param yPred probabilities, or logits, the shape of `yTrue`
 * @param options `fromLogits`, `labelSmoothing`, `classWeight`; `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty, or labels, probabilities or an option are out of range
 *
 * @example
 * losses.categoricalCrossentropy([[0, 1, 0]], [[10, 1, -2]], { fromLogits: true }); // 9.00013
 *
 * @see Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016 (smoothing)
 */
export function categoricalCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options?: ProbabilityOptions<Whole>,
): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function categoricalCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options?: ProbabilityOptions,
): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function categoricalCrossentropy<R extends Reduction = 'mean'>(
  options?: ProbabilityOptions<R>,
): LossFunction<R>;
export function categoricalCrossentropy(...call: unknown[]): Called {
  return called(categoricalCrossentropy, call, (options: ProbabilityOptions) => {
    checkOptions('categoricalCrossentropy', options, PROBABILITY_OPTIONS);
    const { fromLogits, labels, weigh } = probabilistic('categoricalCrossentropy', options);
    return vectorwise('categoricalCrossentropy', options, (y, p, axis) => {
      const z = labels(y, p, y.shape[axis]!);
      return weigh(crossentropyAlong(z, p, fromLogits, axis), y, axis);
    });
  });
}
