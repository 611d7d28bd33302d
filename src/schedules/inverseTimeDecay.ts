import type { Schedule } from '../core/types.ts';
import type { DecayOptions } from './exponentialDecay.ts';
import { ANY, checkAll, makeSchedule, STEPS } from './make.ts';

/**
 * Divides the value by a number that grows with the step: for rate 1 and T = 1, v, v/2, v/3, …
 *
 * `s(t) = v / (1 + r·t/T)`, with ⌊t/T⌋ in place of t/T when `staircase` is set
 *
 * @param options `initialValue` v; `transitionSteps` T > 0; `decayRate` r ≥ 0; `staircase` (false)
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * schedules.inverseTimeDecay({ initialValue: 0.1, transitionSteps: 10, decayRate: 1 })(10); // 0.05
 *
 * @see Robbins & Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22, 1951
 */
export function inverseTimeDecay(options: DecayOptions): Schedule {
  const allowed = {
    ...{ initialValue: ANY, transitionSteps: STEPS, decayRate: { min: 0 } },
    staircase: 'boolean',
  } as const;
  const checked = checkAll('inverseTimeDecay', options, allowed, { staircase: false });
  const { initialValue, transitionSteps, decayRate, staircase } = checked;
  return makeSchedule('inverseTimeDecay', checked, 10 * transitionSteps, (step) => {
    const passed = step / transitionSteps;
    return initialValue / (1 + decayRate * (staircase ? Math.floor(passed) : passed));
  });
}
