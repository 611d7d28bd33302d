import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { scheduleDescription } from '../core/described.ts';
import type { Schedule } from '../core/types.ts';
import { makeSchedule } from './make.ts';
import { beyondLast, checkBoundaries } from './steps.ts';

/** How many steps of a part a curve shows. */
const horizonOf = (part: number | Schedule, orElse: number): number =>
  scheduleDescription(part)?.horizon ?? orElse;

/** What a part of a schedule is in a description. */
const named = (part: number | Schedule): unknown => scheduleDescription(part) ?? part;

function checkPart(where: string, name: string, part: unknown): void {
  if (typeof part === 'function' || (typeof part === 'number' && Number.isFinite(part))) return;
  throw new ArgumentError(where, name, describe(part), 'a function of the step or a finite number');
}

const valueAt = (part: number | Schedule, step: number): number =>
  typeof part === 'number' ? part : part(step);

/** Options of `warmup`. */
export interface WarmupOptions {
  /** The value v at step 0; 0 by default. */
  initialValue?: number | undefined;
  /** The number of steps T ≥ 0 of the rise. */
  steps: number;
  /** What follows: a schedule, which then begins at its step 0, or a value that stays. */
  then: number | Schedule;
}

/**
 * Rises along a straight line to where another schedule begins, and hands over to it.
 *
 * `s(t) = v + (then(0) − v)·t/T` for t < T, `then(t − T)` from then on
 *
 * @param options `initialValue` v (0); `steps` T ≥ 0; `then`, a schedule or a number
 * @returns a function of the step
 * @throws ArgumentError when an option is missing or out of range; when it is called, for a step that is
 *   negative or not finite
 *
 * @example
 * const rate = schedules.warmup({ steps: 4, then: schedules.cosineDecay({ initialValue: 1, decaySteps: 10 }) });
 * [rate(0), rate(2), rate(4), rate(9)]; // 0, 0.5, 1, 0.5
 *
 * @see Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017
 */
export function warmup(options: WarmupOptions): Schedule {
  checkOptions('warmup', options, ['initialValue', 'steps', 'then']);
  const initialValue = checkNumber('warmup', 'initialValue', options.initialValue ?? 0);
  const steps = checkNumber('warmup', 'steps', options.steps, { min: 0 });
  const next = options.then;
  checkPart('warmup', 'then', next);
  const horizon = steps + horizonOf(next, Math.max(steps, 1));
  const then = named(next);
  return makeSchedule('warmup', { initialValue, steps, then }, horizon, (step) =>
    step < steps
      ? initialValue + ((valueAt(next, 0) - initialValue) * step) / steps
      : valueAt(next, step - steps),
  );
}

/**
 * One schedule after the other, each counted from its own beginning.
 *
 * `s(t) = sᵢ(t − bᵢ)` for bᵢ ≤ t < bᵢ₊₁, with b₀ = 0
 *
 * @param parts schedules, or numbers that stay
 * @param boundaries the steps b₁ < b₂ < … at which the next one begins: one fewer than there are parts
 * @returns a function of the step
 * @throws ArgumentError when the boundaries do not grow or are too few or too many; when it is called, for a
 *   step that is negative or not finite
 *
 * @example
 * const rise = schedules.linear({ initialValue: 0, endValue: 1, transitionSteps: 4 });
 * const fall = schedules.cosineDecay({ initialValue: 1, decaySteps: 10 });
 * schedules.join([rise, fall], [4])(9); // 0.5
 *
 * @see Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017
 */
export function join(parts: readonly (number | Schedule)[], boundaries: readonly number[]): Schedule {
  if (!Array.isArray(parts) || parts.length === 0) {
    throw new ArgumentError('join', 'parts', describe(parts), 'an array of schedules, one at least');
  }
  const own = [...(parts as (number | Schedule)[])];
  own.forEach((part, i) => void checkPart('join', `parts[${i}]`, part));
  const starts = [0, ...checkBoundaries('join', boundaries)];
  if (starts.length !== own.length) {
    const allowed = `an array of ${own.length - 1}, one fewer than there are schedules`;
    throw new ArgumentError('join', 'boundaries', describe(boundaries), allowed);
  }
  const last = own.length - 1;
  const tail = starts[last]! + horizonOf(own[last]!, 0);
  const horizon = Math.max(tail, beyondLast(starts.slice(1)));
  return makeSchedule('join', { parts: own.map(named), boundaries: starts.slice(1) }, horizon, (step) => {
    const i = starts.findLastIndex((start) => start <= step);
    return valueAt(own[i]!, step - starts[i]!);
  });
}
