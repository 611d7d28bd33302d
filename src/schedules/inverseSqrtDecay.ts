import type { Schedule } from '../core/types.ts';
import { ANY, checkAll, makeSchedule, STEPS } from './make.ts';

/** Options of `inverseSqrtDecay`. */
export interface InverseSqrtOptions {
  /** The value v at step 0. */
  initialValue: number;
  /** The number of steps T > 0 after which v/√2 is left. */
  transitionSteps: number;
}

/**
 * Divides the value by the square root of a number that grows with the step.
 *
 * `s(t) = v / √(1 + t/T)`. After a warm-up of T steps this is the schedule of transformers, v·√(T/t) at step t.
 *
 * @param options `initialValue` v; `transitionSteps` T > 0
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * const then = schedules.inverseSqrtDecay({ initialValue: 0.1, transitionSteps: 100 });
 * schedules.warmup({ steps: 100, then })(400); // 0.05
 *
 * @see Vaswani et al., "Attention Is All You Need", NIPS 2017
 */
export function inverseSqrtDecay(options: InverseSqrtOptions): Schedule {
  const allowed = { initialValue: ANY, transitionSteps: STEPS };
  const checked = checkAll('inverseSqrtDecay', options, allowed);
  const { initialValue, transitionSteps } = checked;
  return makeSchedule('inverseSqrtDecay', checked, 10 * transitionSteps, (step) => {
    return initialValue / Math.sqrt(1 + step / transitionSteps);
  });
}
