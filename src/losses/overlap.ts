import { add, div, mul, type Scalar, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { checkAxis, checkNumber, checkOptions } from '../core/check.ts';
import type { TensorLike } from '../core/types.ts';
import { type Called, called, type Prepared } from './called.ts';
import { LOSS_OPTIONS, type LossFunction, type LossOptions, type Reduction, type Whole } from './options.ts';
import { maskOf, pair, reduced, shown } from './reduce.ts';
import { EPSILON } from './stable.ts';

/** Options of `dice`. */
export interface DiceOptions<R extends Reduction = Reduction> extends Omit<LossOptions<R>, 'axis' | 'mask'> {
  /** The axes of one sample; all axes by default: one overlap over the whole batch. */
  axis?: number | readonly number[] | undefined;
  /** Which values count, such as the pixels that are labelled: 0 or false where one does not, in the shape of `yTrue`. */
  mask?: TensorLike | undefined;
}

/** Options of `tversky`. */
export interface TverskyOptions<R extends Reduction = Reduction> extends DiceOptions<R> {
  /** The weight of false positives, at least 0; 0.5 by default. */
  alpha?: number | undefined;
  /** The weight of misses, at least 0; 0.5 by default. */
  beta?: number | undefined;
}

function overlap(where: string, options: DiceOptions, alpha: number, beta: number): Prepared {
  const { axis, mask, sampleWeight, reduction } = options;
  return reduced(where, { sampleWeight, reduction }, (...inputs) => {
    const [truth, prediction] = pair(where, inputs);
    const axes =
      axis === undefined ? undefined : [axis].flat().map((one) => checkAxis(where, one, truth.rank));
    const counts = maskOf(where, mask, truth.shape);
    const [y, p] = [shown(truth, counts), shown(prediction, counts)];
    const total = (x: Tensor): Tensor => sum(x, axes);
    const hits = total(mul(y, p));
    const falsePositives = mul(total(mul(sub(1, y), p)), alpha);
    const misses = mul(total(mul(y, sub(1, p))), beta);
    const union = add(add(hits, falsePositives), misses);
    return { losses: sub(1, div(add(hits, EPSILON), add(union, EPSILON))) };
  });
}

/**
 * The Dice loss: one minus the overlap of a segmentation with its mask.
 *
 * `L = 1 − 2·Σ y·p / (Σ y + Σ p)`, over the whole batch, or for each sample with `axis`. Values outside
 * [0, 1] are taken as they are, as in Keras.
 *
 * @param yTrue masks in [0, 1], any shape
 * @param yPred predicted masks in [0, 1], the shape of `yTrue`
 * @param options `axis` (all axes); `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` and `axis` one loss a sample
 * @throws ArgumentError when the shapes differ or the batch is empty
 *
 * @example
 * losses.dice([1, 1, 0, 0], [1, 0, 0, 0]); // 1 − 2·1/3
 *
 * @see Milletari et al., "V-Net", 3DV 2016
 */
export function dice(yTrue: TensorLike, yPred: TensorLike, options?: DiceOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function dice(yTrue: TensorLike, yPred: TensorLike, options?: DiceOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function dice<R extends Reduction = 'mean'>(options?: DiceOptions<R>): LossFunction<R>;
export function dice(...call: unknown[]): Called {
  return called(dice, call, (options: DiceOptions) => {
    checkOptions('dice', options, LOSS_OPTIONS);
    return overlap('dice', options, 0.5, 0.5);
  });
}

/**
 * The Tversky loss: the Dice loss with separate weights for false positives and for misses.
 *
 * `L = 1 − TP / (TP + α·FP + β·FN)` with `TP = Σ y·p`, `FP = Σ (1 − y)·p`, `FN = Σ y·(1 − p)`; the Dice
 * loss at α = β = ½. A β above α favours recall.
 *
 * @param yTrue masks in [0, 1], any shape
 * @param yPred predicted masks in [0, 1], the shape of `yTrue`
 * @param options `alpha` ≥ 0 (0.5), `beta` ≥ 0 (0.5), `axis` (all axes); `sampleWeight`, `mask`, `reduction`
 * @returns a scalar; with `reduction: 'none'` and `axis` one loss a sample
 * @throws ArgumentError when the shapes differ, the batch is empty or a weight is below 0
 *
 * @example
 * losses.tversky([1, 1, 0, 0], [1, 0, 0, 0], { alpha: 0.3, beta: 0.7 }); // 1 − 1/1.7
 *
 * @see Salehi et al., "Tversky Loss Function for Image Segmentation Using 3D Fully Convolutional Deep
 * Networks", MLMI 2017
 */
export function tversky(yTrue: TensorLike, yPred: TensorLike, options?: TverskyOptions<Whole>): Scalar;
/** With `reduction: 'none'` it returns one loss a sample. */
export function tversky(yTrue: TensorLike, yPred: TensorLike, options?: TverskyOptions): Tensor;
/** The loss with these options set, as `model.compile` takes it. */
export function tversky<R extends Reduction = 'mean'>(options?: TverskyOptions<R>): LossFunction<R>;
export function tversky(...call: unknown[]): Called {
  return called(tversky, call, (options: TverskyOptions) => {
    checkOptions('tversky', options, ['alpha', 'beta', ...LOSS_OPTIONS]);
    const alpha = checkNumber('tversky', 'alpha', options.alpha ?? 0.5, { min: 0 });
    const beta = checkNumber('tversky', 'beta', options.beta ?? 0.5, { min: 0 });
    return overlap('tversky', options, alpha, beta);
  });
}
