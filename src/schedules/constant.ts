import { checkNumber } from '../core/check.ts';
import type { Schedule } from '../core/types.ts';
import { makeSchedule } from './make.ts';

/**
 * The same value at every step.
 *
 * `s(t) = v`
 *
 * @param value v, any finite number
 * @returns a function of the step
 * @throws ArgumentError when the value is no finite number; when it is called, for a step that is negative or
 *   not finite
 *
 * @example
 * schedules.constant(0.1)(1000); // 0.1
 */
export function constant(value: number): Schedule {
  checkNumber('constant', 'value', value);
  return makeSchedule('constant', { value }, 100, () => value);
}
