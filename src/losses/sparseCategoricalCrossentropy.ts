import {
  cast,
  equal,
  mul,
  neg,
  notEqual,
  oneHot,
  reshape,
  where as select,
  sum,
  type Tensor,
  tidy,
  transpose,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { ArgumentError, checkAxis, checkNumber, checkOptions } from '../core/check.ts';
import { toTensor } from '../core/tensor.ts';
import type { TensorLike } from '../core/types.ts';
import { logProbabilities } from './crossentropy.ts';
import { PROBABILITY_OPTIONS, type ProbabilityOptions, type Reduced, type Reduction } from './options.ts';
import { reduce } from './reduce.ts';
import { smoothLabels } from './stable.ts';

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

/** Rejects labels that name no class: one-hot coding would give them a loss of 0 in silence. */
function checkLabels(labels: Tensor, classes: number, ignoreIndex: number | undefined): void {
  for (const label of labels.dataSync<'float32'>()) {
    if (label === ignoreIndex) continue;
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      const ignored = ignoreIndex === undefined ? '' : ` or ${ignoreIndex}, which is ignored`;
      throw new ArgumentError(
        NAME,
        'yTrue',
        String(label),
        `made of integers in [0, ${classes - 1}]${ignored}`,
      );
    }
  }
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
 * `categoricalCrossentropy` on one-hot labels. With `ignoreIndex` the mean is over the labels that
 * count, and 0 when none does.
 *
 * @param yTrue integer labels in [0, K − 1], the shape of `yPred` without `axis`; a last axis of size 1
 * may follow
 * @param yPred probabilities of K classes along `axis`, or logits
 * @param options `ignoreIndex`, `fromLogits`, `labelSmoothing`; `axis`, `sampleWeight`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample, 0 for ignored ones
 * @throws ArgumentError when the shapes do not fit or a label names no class
 *
 * @example
 * losses.sparseCategoricalCrossentropy([1], [[10, 1, -2]], { fromLogits: true }); // 9.00013
 *
 * @see Bridle, "Probabilistic Interpretation of Feedforward Classification Network Outputs, with
 * Relationships to Statistical Pattern Recognition", Neurocomputing, 1990
 */
export function sparseCategoricalCrossentropy<R extends Reduction = 'mean'>(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: SparseOptions<R> = {},
): Reduced<R> {
  checkOptions(NAME, options, ['ignoreIndex', ...PROBABILITY_OPTIONS]);
  const { fromLogits = false, labelSmoothing = 0, ignoreIndex } = options;
  if (ignoreIndex !== undefined) checkNumber(NAME, 'ignoreIndex', ignoreIndex, { integer: true });
  return tidy(() => {
    const prediction = toTensor(NAME, 'yPred', yPred);
    const axis = checkAxis(NAME, options.axis ?? -1, prediction.rank);
    const classes = prediction.shape[axis]!;
    const labels = labelsFor(yTrue, prediction, axis);
    checkLabels(labels, classes, ignoreIndex);
    const ignored = ignoreIndex === undefined ? undefined : equal(labels, ignoreIndex);
    const known = ignored ? select(ignored, zerosLike(labels), labels) : labels;
    const perSample = (): Tensor => {
      const coded = smoothLabels(NAME, oneHotAlong(known, classes, axis), labelSmoothing, classes);
      const loss = neg(sum(mul(coded, logProbabilities(prediction, fromLogits, axis)), axis));
      return ignored ? select(ignored, zerosLike(loss), loss) : loss;
    };
    const result = reduce(NAME, options, perSample);
    if (!ignored || (options.reduction ?? 'mean') !== 'mean') return result;
    const counted = sum(cast(notEqual(labels, ignoreIndex!), 'float32')).dataSync()[0]!;
    return mul(result, labels.size / Math.max(counted, 1)) as Reduced<R>;
  });
}
