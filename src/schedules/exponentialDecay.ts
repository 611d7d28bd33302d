import type { Schedule } from '../core/types.ts';
import { ANY, checkAll, makeSchedule, POSITIVE, STEPS } from './make.ts';

/** Options of `exponentialDecay` and `inverseTimeDecay`. */
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

/** The number of transitions until a twentieth is left, as far as a curve has room for them. */
const shownTransitions = (rate: number): number =>
  rate < 1 ? Math.min(40, Math.max(4, Math.ceil(Math.log(0.05) / Math.log(rate)))) : 4;

/**
 * Multiplies the value by the same factor over and over.
 *
 * `s(t) = v·r^(t/T)`, with ⌊t/T⌋ in the exponent when `staircase` is set
 *
 * @param options `initialValue` v; `transitionSteps` T > 0; `decayRate` r > 0; `staircase` (false)
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * schedules.exponentialDecay({ initialValue: 0.1, transitionSteps: 10, decayRate: 0.5 })(20); // 0.025
 *
 * @see Li & Arora, "An Exponential Learning Rate Schedule for Deep Learning", ICLR 2020
 */
export function exponentialDecay(options: DecayOptions): Schedule {
  const allowed = {
    ...{ initialValue: ANY, transitionSteps: STEPS, decayRate: POSITIVE },
    staircase: 'boolean',
  } as const;
  const checked = checkAll('exponentialDecay', options, allowed, { staircase: false });
  const { initialValue, transitionSteps, decayRate, staircase } = checked;
  const horizon = shownTransitions(decayRate) * transitionSteps;
  return makeSchedule('exponentialDecay', checked, horizon, (step) => {
    const passed = step / transitionSteps;
    return initialValue * decayRate ** (staircase ? Math.floor(passed) : passed);
  });
}
