import { checkNumber, checkOptions } from '../core/check.ts';
import { add, div, sqrt, square } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `scaleByRss`. */
export interface ScaleByRssOptions {
  /** What the sum of the squares begins with, ≥ 0; 0.1 by default. */
  initialAccumulatorValue?: number | undefined;
  /** Guards the division, ≥ 0; 1e-7 by default. */
  epsilon?: number | undefined;
}

/** The sum of the squares of the gradients. */
export type ScaleByRssState = { readonly accumulator: Params };

/**
 * Divides the gradients by the root of the sum of their squares.
 *
 * `s ← s + g²`; the update is `g/√(s + ε)`.
 *
 * @param options `initialAccumulatorValue` ≥ 0 (0.1), `epsilon` ≥ 0 (1e-7)
 * @returns a transform
 * @throws ArgumentError when an option is out of range, or the gradients of `update` differ from the parameters of
 *   `init` in structure or shape
 *
 * @example
 * const adagrad = transforms.chain(transforms.scaleByRss(), transforms.scaleByLearningRate(0.01));
 *
 * @see Duchi et al., "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", Journal of Machine
 * Learning Research 12, 2011
 */
export function scaleByRss(options: ScaleByRssOptions = {}): GradientTransformation<ScaleByRssState> {
  checkOptions('scaleByRss', options, ['initialAccumulatorValue', 'epsilon']);
  const { initialAccumulatorValue = 0.1, epsilon = 1e-7 } = options;
  checkNumber('scaleByRss', 'initialAccumulatorValue', initialAccumulatorValue, { min: 0 });
  checkNumber('scaleByRss', 'epsilon', epsilon, { min: 0 });
  return elementwise(
    {
      name: 'scaleByRss',
      slots: { accumulator: initialAccumulatorValue },
      step: ({ g, slot }) => {
        const accumulator = add(slot('accumulator'), square(g));
        return { update: div(g, sqrt(add(accumulator, epsilon))), slots: { accumulator } };
      },
    },
    { initialAccumulatorValue, epsilon },
  );
}
