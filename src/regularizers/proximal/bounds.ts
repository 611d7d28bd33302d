import { clipByValue, relu, type Tensor } from '@tensorflow/tfjs-core';
import { checkInterval } from '../../core/check.ts';
import type { TensorLike } from '../../core/types.ts';
import { type Proximal, type ProximalOperator, proximal, type StepOptions } from './operator.ts';

/** The maker of `nonNegative`, which has no strength. */
interface NonNegative {
  (options?: StepOptions): ProximalOperator;
  (x: TensorLike): Tensor;
}

const fromOptions = proximal<object>('nonNegative', [], () => (x) => relu(x));

/**
 * The projection on weights of at least 0.
 *
 * `prox(x) = max(0, x)`, whatever the step size.
 *
 * @returns an operator on trees and a transform; for a tensor, the result
 *
 * @example
 * regularizers.proximal.nonNegative([1, -2]); // [1, 0]
 *
 * @see Parikh & Boyd, "Proximal Algorithms", Foundations and Trends in Optimization 1, 2014
 */
export const nonNegative: NonNegative = ((first: object = {}) => fromOptions(first)) as NonNegative;

/**
 * The projection on weights of an interval.
 *
 * `prox(x) = min(max, max(min, x))`, whatever the step size.
 *
 * @param options `min` < `max`
 * @returns an operator on trees and a transform; for a tensor and the bounds, the result
 * @throws ArgumentError when `min` is not below `max`
 *
 * @example
 * regularizers.proximal.box([1, -2], { min: -1, max: 0.5 }); // [0.5, -1]
 *
 * @see Parikh & Boyd, "Proximal Algorithms", Foundations and Trends in Optimization 1, 2014
 */
export const box: Proximal<{ min: number; max: number }> = proximal(
  'box',
  ['min', 'max'],
  ({ min, max }: { min: number; max: number }) => {
    checkInterval('box', 'min and max', [min, max]);
    return (x) => clipByValue(x, min, max);
  },
);
