import { div, maximum, mul, neg, type Scalar, sqrt, square, sum, type Tensor } from '@tensorflow/tfjs-core';
import { checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { type Called, called } from './called.ts';
import { LOSS_OPTIONS, type LossFunction, type LossOptions, type Reduction, type Whole } from './options.ts';
import { vectorwise } from './reduce.ts';

/** Squared lengths below this count as this much, which keeps the zero vector's gradient finite. */
const SMALLEST = 1e-12;

/** Vectors along `axis`, scaled to length 1; the zero vector stays zero. */
export function normalize(x: Tensor, axis: number): Tensor {
  return div(x, sqrt(maximum(sum(square(x), axis, true), SMALLEST)));
}

/**
 * The negative cosine of the angle between targets and predictions.
 *
 * `L = −mean(yTrue·yPred / (‖yTrue‖·‖yPred‖))`: −1 for equal directions, 1 for opposite ones.
 *
 * @param yTrue target vectors along `axis`, any shape of rank ≥ 1
 * @param yPred predicted vectors, the shape of `yTrue`
 * @param options `axis`, `sampleWeight`, `mask`, `reduction`
 * @returns a scalar in [−1, 1]; with `reduction: 'none'` one loss a sample
 * @throws ArgumentError when the shapes differ or the batch is empty
 *
 * @example
 * losses.cosineSimilarity([[0, 1], [1, 1]], [[1, 0], [1, 1]]); // −(0 + 1) / 2
 *
 * @see Salton, Wong & Yang, "A Vector Space Model for Automatic Indexing", Communications of the ACM 18, 1975
 */
export function cosineSimilarity(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function cosineSimilarity(yTrue: TensorLike, yPred: TensorLike, options?: LossOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function cosineSimilarity<R extends Reduction = 'mean'>(options?: LossOptions<R>): LossFunction<R>;
export function cosineSimilarity(...call: unknown[]): Called {
  return called(cosineSimilarity, call, (options: LossOptions) => {
    checkOptions('cosineSimilarity', options, LOSS_OPTIONS);
    return vectorwise('cosineSimilarity', options, (y, p, axis) =>
      neg(sum(mul(normalize(y, axis), normalize(p, axis)), axis)),
    );
  });
}
