import {
  add,
  cast,
  equal,
  min,
  mul,
  relu,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { checkWithin } from '../core/values.ts';
import { type Called, called, type Prepared } from './called.ts';
import { classFactors } from './classes.ts';
import {
  CLASS_OPTIONS,
  type ClassOptions,
  type LossFunction,
  type Reduction,
  type Whole,
} from './options.ts';
import { elementwise, vectorwise } from './reduce.ts';
import { largest } from './stable.ts';

/** Labels of 0 and 1 alone become −1 and 1; labels that hold −1 stay as they are. */
function signed(labels: Tensor): Tensor {
  const zeroOrOne = cast(equal(mul(labels, sub(labels, 1)), 0), 'float32');
  const binary = min(zeroOrOne);
  return add(mul(binary, sub(mul(labels, 2), 1)), mul(sub(1, binary), labels));
}

const margin = (signs: Tensor, scores: Tensor): Tensor => relu(sub(1, mul(signs, scores)));

/** A loss of scores and labels in {−1, 1}. */
function signedLoss(
  where: string,
  options: ClassOptions,
  f: (signs: Tensor, scores: Tensor) => Tensor,
): Prepared {
  const weigh = classFactors(where, options.classWeight);
  return elementwise(where, options, (labels, scores) => {
    checkWithin(where, 'yTrue', labels.dataSync(), [-1, 1], 'made of labels −1 and 1, or 0 and 1');
    const signs = signed(labels);
    return weigh(f(signs, scores), mul(add(signs, 1), 0.5));
  });
}

/**
 * The hinge loss of a support vector machine.
 *
 * `L = mean(max(0, 1 − y·yPred))` with `y` in {−1, 1}.
 *
 * @param yTrue labels, −1 and 1 or 0 and 1 (which become −1 and 1), any shape
 * @param yPred scores, any real number, the shape of `yTrue`
 * @param options `classWeight`; `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty, or labels or class weights are out of range
 *
 * @example
 * losses.hinge([[0, 1], [0, 0]], [[0.6, 0.4], [0.4, 0.6]]); // 1.3
 *
 * @see Cortes & Vapnik, "Support-Vector Networks", Machine Learning 20, 1995
 */
export function hinge(yTrue: TensorLike, yPred: TensorLike, options?: ClassOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function hinge(yTrue: TensorLike, yPred: TensorLike, options?: ClassOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function hinge<R extends Reduction = 'mean'>(options?: ClassOptions<R>): LossFunction<R>;
export function hinge(...call: unknown[]): Called {
  return called(hinge, call, (options: ClassOptions) => {
    checkOptions('hinge', options, CLASS_OPTIONS);
    return signedLoss('hinge', options, margin);
  });
}

/**
 * The squared hinge loss, smooth where the hinge loss has its kink.
 *
 * `L = mean(max(0, 1 − y·yPred)²)` with `y` in {−1, 1}.
 *
 * @param yTrue labels, −1 and 1 or 0 and 1 (which become −1 and 1), any shape
 * @param yPred scores, any real number, the shape of `yTrue`
 * @param options `classWeight`; `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty, or labels or class weights are out of range
 *
 * @example
 * losses.squaredHinge([[0, 1], [0, 0]], [[0.6, 0.4], [0.4, 0.6]]); // 1.86
 *
 * @see Lee & Mangasarian, "SSVM: A Smooth Support Vector Machine for Classification", Computational
 * Optimization and Applications 20, 2001
 */
export function squaredHinge(yTrue: TensorLike, yPred: TensorLike, options?: ClassOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function squaredHinge(yTrue: TensorLike, yPred: TensorLike, options?: ClassOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function squaredHinge<R extends Reduction = 'mean'>(options?: ClassOptions<R>): LossFunction<R>;
export function squaredHinge(...call: unknown[]): Called {
  return called(squaredHinge, call, (options: ClassOptions) => {
    checkOptions('squaredHinge', options, CLASS_OPTIONS);
    return signedLoss('squaredHinge', options, (y, p) => square(margin(y, p)));
  });
}

/**
 * The hinge loss over several classes.
 *
 * `L = mean(max(0, 1 + max_k((1 − y_k)·p_k) − Σ_k y_k·p_k))`.
 *
 * @param yTrue one-hot labels, the classes along `axis`
 * @param yPred scores, any real number, the shape of `yTrue`; tied scores share the gradient evenly
 * @param options `classWeight`; `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty, or labels or class weights are out of range
 *
 * @example
 * losses.categoricalHinge([[0, 1], [0, 0]], [[0.6, 0.4], [0.4, 0.6]]); // 1.4
 *
 * @see Crammer & Singer, "On the Algorithmic Implementation of Multiclass Kernel-based Vector
 * Machines", JMLR 2, 2001
 */
export function categoricalHinge(yTrue: TensorLike, yPred: TensorLike, options?: ClassOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function categoricalHinge(yTrue: TensorLike, yPred: TensorLike, options?: ClassOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function categoricalHinge<R extends Reduction = 'mean'>(options?: ClassOptions<R>): LossFunction<R>;
export function categoricalHinge(...call: unknown[]): Called {
  return called(categoricalHinge, call, (options: ClassOptions) => {
    checkOptions('categoricalHinge', options, CLASS_OPTIONS);
    const weigh = classFactors('categoricalHinge', options.classWeight);
    return vectorwise('categoricalHinge', options, (y, p, axis) => {
      const right = sum(mul(y, p), axis);
      const wrong = largest(mul(sub(1, y), p), axis);
      return weigh(relu(add(sub(wrong, right), 1)), y, axis);
    });
  });
}
