import { checkNumber, checkOptions } from '../core/check.ts';
import type { Schedule } from '../core/types.ts';
import { ANY, checkAll, makeSchedule, POSITIVE, STEPS } from './make.ts';

/** Options of `inverseTimeDecay`, and most of those of `exponentialDecay`. */
export interface DecayOptions {
  /** The value v at step 0. */
  initialValue: number;
  /** The number of steps T > 0 over which the rate applies once; it need not be an integer. */
  transitionSteps: number;
  /** The rate r: above 0 for `exponentialDecay`, at least 0 for `inverseTimeDecay`. */
  decayRate: number;
  /** Whether the value stays the same between multiples of T; false by default. */
  staircase?: boolean | undefined;
}

/** Options of `exponentialDecay`. */
export interface ExponentialDecayOptions extends DecayOptions {
  /** The value e that the decay does not pass; none by default. */
  endValue?: number | undefined;
}

const NAMES = ['initialValue', 'transitionSteps', 'decayRate', 'staircase', 'endValue'];

/** The number of transitions until a twentieth is left, as far as a curve has room for them. */
const shownTransitions = (rate: number): number =>
  rate < 1 ? Math.min(40, Math.max(4, Math.ceil(Math.log(0.05) / Math.log(rate)))) : 4;

/**
 * Multiplies the value by the same factor over and over.
 *
 * `s(t) = v·r^(t/T)`, with ⌊t/T⌋ in the exponent when `staircase` is set; `endValue` stays once it is reached
 *
 * @param options `initialValue` v; `transitionSteps` T > 0; `decayRate` r > 0; `staircase` (false); `endValue` (none)
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * schedules.exponentialDecay({ initialValue: 0.1, transitionSteps: 10, decayRate: 0.5 })(20); // 0.025
 *
 * @see Li & Arora, "An Exponential Learning Rate Schedule for Deep Learning", ICLR 2020
 */
export function exponentialDecay(options: ExponentialDecayOptions): Schedule {
  checkOptions('exponentialDecay', options, NAMES);
  const { endValue, ...others } = options;
  const allowed = {
    ...{ initialValue: ANY, transitionSteps: STEPS, decayRate: POSITIVE },
    staircase: 'boolean',
  } as const;
  const checked = checkAll<DecayOptions>('exponentialDecay', others, allowed, { staircase: false });
  if (endValue !== undefined) checkNumber('exponentialDecay', 'endValue', endValue);
  const { initialValue, transitionSteps, decayRate, staircase } = checked;
  const horizon = shownTransitions(decayRate) * transitionSteps;
  const bound = boundOf(endValue, initialValue * decayRate - initialValue);
  const shown = { ...checked, ...(endValue !== undefined && { endValue }) };
  return makeSchedule('exponentialDecay', shown, horizon, (step) => {
    const passed = step / transitionSteps;
    return bound(initialValue * decayRate ** (staircase ? Math.floor(passed) : passed));
  });
}

/** Keeps values from passing an end, from above where they fall. */
function boundOf(end: number | undefined, change: number): (value: number) => number {
  if (end === undefined) return (value) => value;
  return change < 0 ? (value) => Math.max(value, end) : (value) => Math.min(value, end);
}
