import { add, cast, equal, min, mul, relu, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { LOSS_OPTIONS, type LossOptions, type Reduced, type Reduction } from './options.ts';
import { elementwise, vectorwise } from './reduce.ts';
import { largest } from './stable.ts';

/** Labels of 0 and 1 alone become −1 and 1; labels that hold −1 stay as they are. */
function signed(labels: Tensor): Tensor {
  const zeroOrOne = cast(equal(mul(labels, sub(labels, 1)), 0), 'float32');
  const binary = min(zeroOrOne);
  return add(mul(binary, sub(mul(labels, 2), 1)), mul(sub(1, binary), labels));
}

const margin = (labels: Tensor, scores: Tensor): Tensor => relu(sub(1, mul(signed(labels), scores)));

/**
 * The hinge loss of a support vector machine.
 *
 * `L = mean(max(0, 1 − y·yPred))` with `y` in {−1, 1}.
 *
 * @param yTrue labels, −1 and 1 or 0 and 1 (which become −1 and 1), any shape
 * @param yPred scores, any real number, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ
 *
 * @example
 * losses.hinge([[0, 1], [0, 0]], [[0.6, 0.4], [0.4, 0.6]]); // 1.3
 *
 * @see Cortes & Vapnik, "Support-Vector Networks", Machine Learning 20, 1995
 */
export function hinge<R extends Reduction = 'mean'>(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: LossOptions<R> = {},
): Reduced<R> {
  checkOptions('hinge', options, LOSS_OPTIONS);
  return elementwise('hinge', yTrue, yPred, options, margin);
}

/**
 * The squared hinge loss, smooth where the hinge loss has its kink.
 *
 * `L = mean(max(0, 1 − y·yPred)²)` with `y` in {−1, 1}.
 *
 * @param yTrue labels, −1 and 1 or 0 and 1 (which become −1 and 1), any shape
 * @param yPred scores, any real number, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ
 *
 * @example
 * losses.squaredHinge([[0, 1], [0, 0]], [[0.6, 0.4], [0.4, 0.6]]); // 1.86
 *
 * @see Lee & Mangasarian, "SSVM: A Smooth Support Vector Machine for Classification", Computational
 * Optimization and Applications 20, 2001
 */
export function squaredHinge<R extends Reduction = 'mean'>(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: LossOptions<R> = {},
): Reduced<R> {
  checkOptions('squaredHinge', options, LOSS_OPTIONS);
  return elementwise('squaredHinge', yTrue, yPred, options, (y, p) => square(margin(y, p)));
}

/**
 * The hinge loss over several classes.
 *
 * `L = mean(max(0, 1 + max_k((1 − y_k)·p_k) − Σ_k y_k·p_k))`.
 *
 * @param yTrue one-hot labels, the classes along `axis`
 * @param yPred scores, any real number, the shape of `yTrue`; tied scores share the gradient evenly
 * @param options `axis`, `sampleWeight`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ
 *
 * @example
 * losses.categoricalHinge([[0, 1], [0, 0]], [[0.6, 0.4], [0.4, 0.6]]); // 1.4
 *
 * @see Crammer & Singer, "On the Algorithmic Implementation of Multiclass Kernel-based Vector
 * Machines", JMLR 2, 2001
 */
export function categoricalHinge<R extends Reduction = 'mean'>(
  yTrue: TensorLike,
  yPred: TensorLike,
  options: LossOptions<R> = {},
): Reduced<R> {
  checkOptions('categoricalHinge', options, LOSS_OPTIONS);
  return vectorwise('categoricalHinge', yTrue, yPred, options, (y, p, axis) => {
    const right = sum(mul(y, p), axis);
    const wrong = largest(mul(sub(1, y), p), axis);
    return relu(add(sub(wrong, right), 1));
  });
}
