import { ArgumentError, checkNumber, describe } from '../core/check.ts';
import { mul } from '../core/elementwise/expression.ts';
import { elementwise } from './elementwise.ts';
import type { Rate, RatedTransformation } from './types.ts';

/** How many updates were made. */
export type CountState = { readonly count: number };

function checkRate(rate: unknown): Rate {
  if (typeof rate === 'function') return rate as Rate;
  if (typeof rate === 'number' && Number.isFinite(rate) && rate >= 0) return rate;
  const allowed = 'a finite number of at least 0 or a function of the step';
  throw new ArgumentError('scaleByLearningRate', 'learningRate', describe(rate), allowed);
}

/** The rate at a step, counted from 0. */
export function rateAt(rate: Rate, count: number): number {
  const eta = typeof rate === 'function' ? rate(count) : rate;
  return checkNumber('scaleByLearningRate', `the schedule at step ${count}`, eta, { min: 0 });
}

/**
 * Turns gradients into steps downhill.
 *
 * `u = −η·g`, where a schedule gives `η` for the step, 0 at the first update.
 *
 * @param learningRate η ≥ 0, or a function from the step to η
 * @returns a transform whose `learningRate` may be set later
 * @throws ArgumentError when the rate is neither, at once or when a schedule returns it
 *
 * @example
 * const descent = transforms.scaleByLearningRate((step) => 0.1 / (1 + step));
 *
 * @see Robbins & Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22, 1951
 */
export function scaleByLearningRate(learningRate: Rate): RatedTransformation<CountState> {
  let rate = checkRate(learningRate);
  const transform = elementwise<CountState>(
    {
      name: 'scaleByLearningRate',
      counted: true,
      numbers: (count) => ({ factor: -rateAt(rate, count) }),
      step: ({ g, number }) => ({ update: mul(g, number('factor')) }),
    },
    () => [rate],
  );
  return Object.defineProperty(transform, 'learningRate', {
    enumerable: true,
    get: () => rate,
    set: (value: unknown) => {
      rate = checkRate(value);
    },
  }) as RatedTransformation<CountState>;
}
