import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import type { Schedule } from '../core/types.ts';
import { ANY, checkAll, makeSchedule, POSITIVE, STEPS } from './make.ts';

/** Returns a copy of the boundaries if they are steps that grow. */
export function checkBoundaries(where: string, boundaries: unknown): number[] {
  const allowed = 'an array of steps above 0, each larger than the one before';
  if (!Array.isArray(boundaries)) throw new ArgumentError(where, 'boundaries', describe(boundaries), allowed);
  const steps = boundaries as unknown[];
  steps.forEach((step, i) => {
    const fits = typeof step === 'number' && Number.isFinite(step) && step > Number(steps[i - 1] ?? 0);
    if (!fits) throw new ArgumentError(where, `boundaries[${i}]`, describe(step), allowed);
  });
  return [...(boundaries as number[])];
}

/** How far a curve goes that changes at these steps. */
export const beyondLast = (boundaries: readonly number[]): number => 1.25 * (boundaries.at(-1) ?? 80);

/** Options of `piecewiseConstant`. */
export interface PiecewiseOptions {
  /** The steps b₁ < b₂ < … at which the next value begins. */
  boundaries: readonly number[];
  /** The values v₀, v₁, …: one more than there are boundaries. */
  values: readonly number[];
}

/**
 * One value after the other, each from its boundary on.
 *
 * `s(t) = vᵢ` for bᵢ ≤ t < bᵢ₊₁, with b₀ = 0: the new value holds at its boundary
 *
 * @param options `boundaries`, growing; `values`, one more than there are boundaries
 * @returns a function of the step
 * @throws ArgumentError when the boundaries do not grow or the values are too few or too many; when it is
 *   called, for a step that is negative or not finite
 *
 * @example
 * schedules.piecewiseConstant({ boundaries: [3, 6], values: [1, 0.5, 0.1] })(3); // 0.5
 *
 * @see He et al., "Deep Residual Learning for Image Recognition", CVPR 2016
 */
export function piecewiseConstant(options: PiecewiseOptions): Schedule {
  const where = 'piecewiseConstant';
  checkOptions(where, options, ['boundaries', 'values']);
  const boundaries = checkBoundaries(where, options.boundaries);
  const { values } = options;
  const count = boundaries.length + 1;
  if (!Array.isArray(values) || values.length !== count) {
    const allowed = `an array of ${count} numbers, one more than there are boundaries`;
    throw new ArgumentError(where, 'values', describe(values), allowed);
  }
  const own = values.map((value: unknown, i) => checkNumber(where, `values[${i}]`, value));
  return makeSchedule(where, { boundaries, values: own }, beyondLast(boundaries), (step) => {
    const next = boundaries.findIndex((boundary) => step < boundary);
    return own.at(next < 0 ? -1 : next)!;
  });
}

/** Options of `stepDecay`. */
export interface StepDecayOptions {
  /** The value v at step 0. */
  initialValue: number;
  /** The number of steps T > 0 between two changes. */
  stepSize: number;
  /** The factor γ > 0 of each change; 0.1 by default. */
  gamma?: number | undefined;
}

/**
 * Multiplies the value by γ every T steps.
 *
 * `s(t) = v·γ^⌊t/T⌋`
 *
 * @param options `initialValue` v; `stepSize` T > 0; `gamma` γ > 0 (0.1)
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * schedules.stepDecay({ initialValue: 0.1, stepSize: 30, gamma: 0.5 })(60); // 0.025
 *
 * @see Ge et al., "The Step Decay Schedule", NeurIPS 2019
 */
export function stepDecay(options: StepDecayOptions): Schedule {
  const allowed = { initialValue: ANY, stepSize: STEPS, gamma: POSITIVE };
  const checked = checkAll('stepDecay', options, allowed, { gamma: 0.1 });
  const { initialValue, stepSize, gamma } = checked;
  return makeSchedule('stepDecay', checked, 5 * stepSize, (step) => {
    return initialValue * gamma ** Math.floor(step / stepSize);
  });
}
