import type { Schedule } from '../core/types.ts';
import { ANY, checkAll, makeSchedule, POSITIVE, STEPS } from './make.ts';

/** Options of `linear`. */
export interface LinearOptions {
  /** The value v at step 0. */
  initialValue: number;
  /** The value e from step T on; 0 by default. */
  endValue?: number | undefined;
  /** The number of steps T > 0 between the two. */
  transitionSteps: number;
}

/** Options of `polynomial`. */
export interface PolynomialOptions extends LinearOptions {
  /** The power p > 0; 1 by default, which is a straight line. */
  power?: number | undefined;
}

/** A little of what comes after the end belongs to a curve. */
const BEYOND = 1.2;

const between = (from: number, to: number, share: number, power: number): number =>
  share >= 1 ? to : (from - to) * (1 - share) ** power + to;

/**
 * Goes from one value to another along a power of the steps that are left.
 *
 * `s(t) = (v − e)·(1 − t/T)^p + e` for t < T, e from then on
 *
 * @param options `initialValue` v; `endValue` e (0); `transitionSteps` T > 0; `power` p > 0 (1)
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * schedules.polynomial({ initialValue: 1, endValue: 0.1, transitionSteps: 10, power: 2 })(5); // 0.325
 *
 * @see Chen et al., "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution,
 * and Fully Connected CRFs", IEEE Transactions on Pattern Analysis and Machine Intelligence 40, 2018
 */
export function polynomial(options: PolynomialOptions): Schedule {
  const allowed = { initialValue: ANY, endValue: ANY, transitionSteps: STEPS, power: POSITIVE };
  const checked = checkAll('polynomial', options, allowed, { endValue: 0, power: 1 });
  const { initialValue, endValue, transitionSteps, power } = checked;
  return makeSchedule('polynomial', checked, BEYOND * transitionSteps, (step) =>
    between(initialValue, endValue, step / transitionSteps, power),
  );
}

/**
 * Goes from one value to another along a straight line.
 *
 * `s(t) = (v − e)·(1 − t/T) + e` for t < T, e from then on
 *
 * @param options `initialValue` v; `endValue` e (0); `transitionSteps` T > 0
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * schedules.linear({ initialValue: 1, endValue: 0, transitionSteps: 4 })(1); // 0.75
 *
 * @see Howard & Ruder, "Universal Language Model Fine-tuning for Text Classification", ACL 2018
 */
export function linear(options: LinearOptions): Schedule {
  const allowed = { initialValue: ANY, endValue: ANY, transitionSteps: STEPS };
  const checked = checkAll('linear', options, allowed, { endValue: 0 });
  const { initialValue, endValue, transitionSteps } = checked;
  return makeSchedule('linear', checked, BEYOND * transitionSteps, (step) =>
    between(initialValue, endValue, step / transitionSteps, 1),
  );
}
