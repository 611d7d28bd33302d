import { ArgumentError, checkNumber, describe } from '../core/check.ts';
import { mul } from '../core/elementwise/expression.ts';
import type { Schedule } from '../core/types.ts';
import { elementwise } from './elementwise.ts';
import type { CountState } from './scaleByLearningRate.ts';
import type { GradientTransformation } from './types.ts';

/**
 * Multiplies the updates with the value of a schedule, 0 being the step of the first update.
 *
 * `u = s(t)·g`. It keeps the sign, where `scaleByLearningRate` turns it.
 *
 * @param schedule s, a function of the step that returns a finite number
 * @returns a transform
 * @throws ArgumentError when it is no function, or when it returns no finite number
 *
 * @example
 * const warm = transforms.scaleBySchedule((step) => Math.min(1, (step + 1) / 100));
 */
export function scaleBySchedule(schedule: Schedule): GradientTransformation<CountState> {
  if (typeof schedule !== 'function')
    throw new ArgumentError('scaleBySchedule', 'schedule', describe(schedule), 'a function of the step');
  return elementwise(
    {
      name: 'scaleBySchedule',
      counted: true,
      numbers: (count) => ({
        factor: checkNumber('scaleBySchedule', `the schedule at step ${count}`, schedule(count)),
      }),
      step: ({ g, number }) => ({ update: mul(g, number('factor')) }),
    },
    [schedule],
  );
}
