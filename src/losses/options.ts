import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { TensorLike } from '../core/types.ts';

/** How the losses of the samples become the result: their mean, their sum, or one number a sample. */
export type Reduction = 'mean' | 'sum' | 'none';

/** The reductions to one number. */
export type Whole = 'mean' | 'sum';

/** A scalar, but with reduction 'none' a tensor of one loss a sample. */
export type Reduced<R extends Reduction> = R extends 'none' ? Tensor : Scalar;

/** A loss with its options set, as `model.compile` takes it. */
export type LossFunction<R extends Reduction = Reduction> = (
  yTrue: TensorLike,
  yPred: TensorLike,
) => Reduced<R>;

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
  /**
   * Which samples count: 0 or false where one does not, in a shape as of `sampleWeight`. What is masked
   * may hold anything, also NaN, has the loss and the gradient 0, and the mean is over the rest: 0 when
   * nothing is left.
   */
  mask?: TensorLike | undefined;
  /** 'mean' by default. */
  reduction?: R | undefined;
}

/** The names of the options that every loss has. */
export const COMMON_OPTIONS: readonly string[] = ['sampleWeight', 'mask', 'reduction'];

/** The names of `LossOptions`. */
export const LOSS_OPTIONS: readonly string[] = ['axis', ...COMMON_OPTIONS];

/** Factors of the classes, each at least 0: one for each in order, or by number; 1 for those left out. */
export type ClassWeight = readonly number[] | Readonly<Record<number, number>>;

/** Options of losses that tell classes apart. */
export interface ClassOptions<R extends Reduction = Reduction> extends LossOptions<R> {
  /**
   * Factors of the losses of each class. A sample weighs as much as its class; a label that is spread
   * over several, their mean under it. With 'mean' as `sampleWeight`: divided by the number of samples.
   */
  classWeight?: ClassWeight | undefined;
}

/** The names of `ClassOptions`. */
export const CLASS_OPTIONS: readonly string[] = ['classWeight', ...LOSS_OPTIONS];

/** Options of losses on probabilities, which may be given as logits. */
export interface ProbabilityOptions<R extends Reduction = Reduction> extends ClassOptions<R> {
  /** Whether `yPred` holds logits (any real number) rather than probabilities; false by default. */
  fromLogits?: boolean | undefined;
  /** How much of the labels is spread evenly over the classes, in [0, 1]; 0 by default. */
  labelSmoothing?: number | undefined;
}

/** The names of `ProbabilityOptions`. */
export const PROBABILITY_OPTIONS: readonly string[] = ['fromLogits', 'labelSmoothing', ...CLASS_OPTIONS];
