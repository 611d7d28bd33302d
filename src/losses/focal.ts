import {
  add,
  expm1,
  maximum,
  mul,
  neg,
  pow,
  type Scalar,
  sigmoid,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { checkNumber, checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { type Called, called } from './called.ts';
import { binaryFromProbabilities, logProbabilities } from './crossentropy.ts';
import {
  type LossFunction,
  PROBABILITY_OPTIONS,
  type ProbabilityOptions,
  type Reduction,
  type Whole,
} from './options.ts';
import { probabilistic } from './probability.ts';
import { elementwise, vectorwise } from './reduce.ts';
import { binaryFromLogits, clipProbability } from './stable.ts';

/** Options of the focal losses. */
export interface FocalOptions<R extends Reduction = Reduction> extends ProbabilityOptions<R> {
  /** How strongly well-classified samples are played down, at least 0; 2 by default. */
  gamma?: number | undefined;
  /** The weight of the positive class, in [0, 1]; 0.25 by default; null weighs nothing. */
  alpha?: number | null | undefined;
}

const FOCAL_OPTIONS = ['gamma', 'alpha', ...PROBABILITY_OPTIONS];

/** Keeps the gradient of a power below 1 finite where its base is 0. */
const SMALLEST_BASE = 1e-12;

/** The checked options; with gamma = 0 the factor is left out, since 0⁰ has no gradient. */
function focus(name: string, { gamma = 2, alpha = 0.25 }: FocalOptions) {
  checkNumber(name, 'gamma', gamma, { min: 0 });
  if (alpha !== null) checkNumber(name, 'alpha', alpha, { min: 0, max: 1 });
  const factor = (missing: Tensor, loss: Tensor): Tensor =>
    gamma === 0 ? loss : mul(pow(maximum(missing, SMALLEST_BASE), gamma), loss);
  return { alpha, factor };
}

/**
 * The focal loss of two classes: cross-entropy that plays down what is already classified well.
 *
 * `L = mean(α_t·(1 − p_t)^γ·(−log p_t))`, where `p_t` is the probability of the true label and `α_t` is
 * α for label 1 and 1 − α for label 0.
 *
 * @param yTrue labels in [0, 1], any shape
 * @param yPred probabilities in [0, 1], or logits, the shape of `yTrue`
 * @param options `gamma` ≥ 0 (2), `alpha` in [0, 1] or null (0.25); `fromLogits`, `labelSmoothing`,
 * `classWeight`, `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty, or labels, probabilities or an option are out of range
 *
 * @example
 * losses.binaryFocal([1], [0.5], { gamma: 2, alpha: null }); // ¼·log 2
 *
 * @see Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017
 */
export function binaryFocal(yTrue: TensorLike, yPred: TensorLike, options?: FocalOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function binaryFocal(yTrue: TensorLike, yPred: TensorLike, options?: FocalOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function binaryFocal<R extends Reduction = 'mean'>(options?: FocalOptions<R>): LossFunction<R>;
export function binaryFocal(...call: unknown[]): Called {
  return called(binaryFocal, call, (options: FocalOptions) => {
    checkOptions('binaryFocal', options, FOCAL_OPTIONS);
    const { alpha, factor } = focus('binaryFocal', options);
    const { fromLogits, labels, weigh } = probabilistic('binaryFocal', options);
    return elementwise('binaryFocal', options, (truth, prediction) => {
      const y = labels(truth, prediction, 2);
      const entropy = fromLogits ? binaryFromLogits(y, prediction) : binaryFromProbabilities(y, prediction);
      const p = fromLogits ? sigmoid(prediction) : clipProbability(prediction);
      const q = fromLogits ? sigmoid(neg(prediction)) : sub(1, p);
      const loss = weigh(factor(add(mul(y, q), mul(sub(1, y), p)), entropy), truth);
      return alpha === null ? loss : mul(add(mul(y, alpha), mul(sub(1, y), 1 - alpha)), loss);
    });
  });
}

/**
 * The focal loss of classes that exclude each other.
 *
 * `L = mean(Σ_k α·(1 − p_k)^γ·(−y_k·log p_k))` with `p = softmax(yPred)` from logits. α weighs every
 * class alike.
 *
 * @param yTrue one-hot labels or distributions, the classes along `axis`
 * @param yPred probabilities, or logits, the shape of `yTrue`
 * @param options `gamma` ≥ 0 (2), `alpha` in [0, 1] or null (0.25); `fromLogits`, `labelSmoothing`,
 * `classWeight`, `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty, or labels, probabilities or an option are out of range
 *
 * @example
 * losses.categoricalFocal([[1, 0]], [[0.5, 0.5]], { alpha: null }); // ¼·log 2
 *
 * @see Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017
 */
export function categoricalFocal(yTrue: TensorLike, yPred: TensorLike, options?: FocalOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function categoricalFocal(yTrue: TensorLike, yPred: TensorLike, options?: FocalOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function categoricalFocal<R extends Reduction = 'mean'>(options?: FocalOptions<R>): LossFunction<R>;
export function categoricalFocal(...call: unknown[]): Called {
  return called(categoricalFocal, call, (options: FocalOptions) => {
    checkOptions('categoricalFocal', options, FOCAL_OPTIONS);
    const { alpha, factor } = focus('categoricalFocal', options);
    const { fromLogits, labels, weigh } = probabilistic('categoricalFocal', options);
    return vectorwise('categoricalFocal', options, (truth, prediction, axis) => {
      const y = labels(truth, prediction, truth.shape[axis]!);
      const logP = logProbabilities(prediction, fromLogits, axis);
      // 1 − p = −(e^log p − 1) keeps its digits where p is near 1.
      const loss = weigh(sum(factor(neg(expm1(logP)), neg(mul(y, logP))), axis), truth, axis);
      return alpha === null ? loss : mul(loss, alpha);
    });
  });
}
