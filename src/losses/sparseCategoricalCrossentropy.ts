import {
  cast,
  logicalAnd,
  notEqual,
  oneHot,
  reshape,
  type Scalar,
  type Tensor,
  transpose,
} from '@tensorflow/tfjs-core';
import { ArgumentError, checkAxis, checkNumber, checkOptions } from '../core/check.ts';
import { toTensor } from '../core/tensor.ts';
import type { TensorLike } from '../core/types.ts';
import { checkIndex } from '../core/values.ts';
import { type Called, called } from './called.ts';
import { crossentropyAlong } from './crossentropy.ts';
import {
  type LossFunction,
  PROBABILITY_OPTIONS,
  type ProbabilityOptions,
  type Reduction,
  type Whole,
} from './options.ts';
import { probabilistic } from './probability.ts';
import { checkNotEmpty, maskOf, reduced, shown } from './reduce.ts';

/** Options of `sparseCategoricalCrossentropy`. */
export interface SparseOptions<R extends Reduction = Reduction> extends ProbabilityOptions<R> {
  /** Labels of this value count neither in the sum nor in the number of samples. */
  ignoreIndex?: number | undefined;
}

const NAME = 'sparseCategoricalCrossentropy';

/** The labels in the shape of one loss a sample; a last axis of one label is dropped. */
function labelsFor(yTrue: TensorLike, yPred: Tensor, axis: number): Tensor {
  const labels = toTensor(NAME, 'yTrue', yTrue);
  const shape = yPred.shape.filter((_, i) => i !== axis);
  const fits = (sizes: readonly number[]): boolean =>
    sizes.length === shape.length && sizes.every((size, i) => size === shape[i]);
  const { shape: given } = labels;
  if (!fits(given) && !(given.at(-1) === 1 && fits(given.slice(0, -1)))) {
    const allowed = `of shape [${shape}], that of yPred without its classes`;
    throw new ArgumentError(NAME, 'yTrue', `[${given}]`, allowed);
  }
  return reshape(labels, shape);
}

/** Where labels count: neither masked nor to be ignored. */
function counted(
  labels: Tensor,
  mask: Tensor | undefined,
  ignoreIndex: number | undefined,
): Tensor | undefined {
  if (ignoreIndex === undefined) return mask;
  const meant = notEqual(labels, ignoreIndex);
  return mask ? logicalAnd(mask, meant) : meant;
}

/** Rejects labels that name no class: one-hot coding would give them a loss of 0 in silence. */
function checkIndices(labels: Tensor, classes: number, ignoreIndex: number | undefined): void {
  const ignored = ignoreIndex === undefined ? '' : ` or ${ignoreIndex}, which is ignored`;
  for (const label of labels.dataSync<'float32'>()) checkIndex(NAME, label, classes, ignored);
}

/** One-hot labels with their classes along `axis`. */
function oneHotAlong(labels: Tensor, classes: number, axis: number): Tensor {
  const coded = cast(oneHot(cast(labels, 'int32'), classes), 'float32');
  const order = coded.shape.map((_, i) => i).slice(0, -1);
  order.splice(axis, 0, coded.rank - 1);
  return axis === coded.rank - 1 ? coded : transpose(coded, order);
}

/**
 * The cross-entropy of classes that exclude each other, from integer labels.
 *
 * `L = −mean(log p[y])` with `p = softmax(yPred)` from logits, in nats; the equal of
 * `categoricalCrossentropy` on one-hot labels. A logit of −Infinity is a class of probability 0, and adds
 * nothing to the loss of another. With `ignoreIndex` the mean is over the labels that count, and 0 when
 * none does.
 *
 * @param yTrue integer labels in [0, K − 1], the shape of `yPred` without `axis`; a last axis of size 1
 * may follow
 * @param yPred probabilities of K classes along `axis`, or logits
 * @param options `ignoreIndex`, `fromLogits`, `labelSmoothing`, `classWeight`; `axis`, `sampleWeight`,
 * `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample, 0 for ignored ones
 * @throws ArgumentError when the shapes do not fit, the batch is empty, a label names no class, or probabilities or
 * an option are out of range
 *
 * @example
 * losses.sparseCategoricalCrossentropy([1], [[10, 1, -2]], { fromLogits: true }); // 9.00013
 *
 * @see Bridle, "Probabilistic Interpretation of Feedforward Classification Network Outputs, with
 * Relationships to Statistical Pattern Recognition", Neurocomputing, 1990
 */
export function sparseCategoricalCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options?: SparseOptions<Whole>,
): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function sparseCategoricalCrossentropy(
  yTrue: TensorLike,
  yPred: TensorLike,
  options?: SparseOptions,
): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function sparseCategoricalCrossentropy<R extends Reduction = 'mean'>(
  options?: SparseOptions<R>,
): LossFunction<R>;
export function sparseCategoricalCrossentropy(...call: unknown[]): Called {
  return called(sparseCategoricalCrossentropy, call, (options: SparseOptions) => {
    checkOptions(NAME, options, ['ignoreIndex', ...PROBABILITY_OPTIONS]);
    const { ignoreIndex } = options;
    if (ignoreIndex !== undefined) checkNumber(NAME, 'ignoreIndex', ignoreIndex, { integer: true });
    const { fromLogits, labels, weigh } = probabilistic(NAME, options);
    return reduced(NAME, options, (yTrue, yPred) => {
      const prediction = toTensor(NAME, 'yPred', yPred!);
      const axis = checkAxis(NAME, options.axis ?? -1, prediction.rank);
      const classes = prediction.shape[axis]!;
      const given = labelsFor(yTrue!, prediction, axis);
      checkNotEmpty(NAME, 'yTrue', given);
      const mask = counted(given, maskOf(NAME, options.mask, given.shape), ignoreIndex);
      const known = shown(given, mask);
      checkIndices(known, classes, ignoreIndex);
      const scores = shown(prediction, mask, axis);
      const coded = oneHotAlong(known, classes, axis);
      const smoothed = labels(coded, scores, classes);
      const loss = crossentropyAlong(smoothed, scores, fromLogits, axis);
      return { losses: weigh(loss, coded, axis), mask };
    });
  });
}
