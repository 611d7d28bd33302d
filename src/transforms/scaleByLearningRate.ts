import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { mul } from '../core/elementwise/expression.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation, Rate, RatedTransformation, State } from './types.ts';

/** How many updates were made. */
export type CountState = { readonly count: number };

/** Options of `scaleByLearningRate`. */
export interface ScaleByLearningRateOptions {
  /** Whether the result goes against the gradients; true by default. */
  flipSign?: boolean | undefined;
}

/** Rejects anything but a learning rate. */
export function checkRate(where: string, rate: unknown, argument = 'learningRate'): Rate {
  if (typeof rate === 'function') return rate as Rate;
  if (typeof rate === 'number' && Number.isFinite(rate) && rate >= 0) return rate;
  const allowed = 'a finite number of at least 0 or a function of the step';
  throw new ArgumentError(where, argument, describe(rate), allowed);
}

/** The rate at a step, counted from 0. */
export function rateAt(rate: Rate, count: number): number {
  const eta = typeof rate === 'function' ? rate(count) : rate;
  return checkNumber('scaleByLearningRate', `the schedule at step ${count}`, eta, { min: 0 });
}

/**
 * A transform with a learning rate that may be set between steps.
 *
 * @param make makes it; it gets the rate at a step, and the rate as it was set
 */
export function ratedBy<S extends State>(
  where: string,
  learningRate: Rate,
  make: (rateOf: (count: number) => number, current: () => Rate) => GradientTransformation<S>,
): RatedTransformation<S> {
  let rate = checkRate(where, learningRate);
  const transform = make(
    (count) => rateAt(rate, count),
    () => rate,
  );
  return Object.defineProperty(transform, 'learningRate', {
    enumerable: true,
    get: () => rate,
    set: (value: unknown) => {
      rate = checkRate(where, value);
    },
  }) as RatedTransformation<S>;
}

/**
 * Turns gradients into steps downhill.
 *
 * `u = −η·g`, where a schedule gives `η` for the step, 0 at the first update.
 *
 * @param learningRate η ≥ 0, or a function from the step to η
 * @param options `flipSign` (true); without it `u = η·g`
 * @returns a transform whose `learningRate` may be set later
 * @throws ArgumentError when the rate is neither, at once or when a schedule returns it
 *
 * @example
 * const descent = transforms.scaleByLearningRate((step) => 0.1 / (1 + step));
 *
 * @see Robbins & Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22, 1951
 */
export function scaleByLearningRate(
  learningRate: Rate,
  options: ScaleByLearningRateOptions = {},
): RatedTransformation<CountState> {
  checkOptions('scaleByLearningRate', options, ['flipSign']);
  const { flipSign = true } = options;
  return ratedBy('scaleByLearningRate', learningRate, (rateOf, current) =>
    elementwise<CountState>(
      {
        name: 'scaleByLearningRate',
        counted: true,
        numbers: (count) => ({ factor: flipSign ? -rateOf(count) : rateOf(count) }),
        step: ({ g, number }) => ({ update: mul(g, number('factor')) }),
      },
      () => (flipSign ? [current()] : [current(), { flipSign }]),
    ),
  );
}
