import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { TensorLike } from '../core/types.ts';

/** How the losses of the samples become the result: their mean, their sum, or one number a sample. */
export type Reduction = 'mean' | 'sum' | 'none';

/** A scalar, but with reduction 'none' a tensor of one loss a sample. */
export type Reduced<R extends Reduction> = R extends 'none' ? Tensor : Scalar;

/** Options of every loss. */
export interface LossOptions<R extends Reduction = Reduction> {
  /**
   * The axis that holds the values of one sample, -1 (the last) by default. Losses of single values
   * take a tensor of rank 1 as samples of one value each, unless `axis` is given.
   */
  axis?: number | undefined;
  /**
   * Factors of the samples' losses: a number, or the shape of the losses that 'none' gives, or its
   * leading sizes. With 'mean' the weighted sum is divided by the number of samples, not by the sum of
   * the weights.
   */
  sampleWeight?: TensorLike | undefined;
  /** 'mean' by default. */
  reduction?: R | undefined;
}

/** The names of `LossOptions`. */
export const LOSS_OPTIONS: readonly string[] = ['axis', 'sampleWeight', 'reduction'];

/** Options of losses on probabilities, which may be given as logits. */
export interface ProbabilityOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /** Whether `yPred` holds logits (any real number) rather than probabilities; false by default. */
  fromLogits?: boolean | undefined;
  /** How much of the labels is spread evenly over the classes, in [0, 1]; 0 by default. */
  labelSmoothing?: number | undefined;
}

/** The names of `ProbabilityOptions`. */
export const PROBABILITY_OPTIONS: readonly string[] = ['fromLogits', 'labelSmoothing', ...LOSS_OPTIONS];
