import { checkOptions } from '../core/check.ts';
import { mix, mul } from '../core/elementwise/expression.ts';
import type { Params } from '../core/types.ts';
import { checkDecay, correction } from './decayRate.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/** Options of `ema`. */
export interface EmaOptions {
  /** Whether to make up for the zeros that the mean begins with; true by default. */
  debias?: boolean | undefined;
}

/** The mean of the updates. */
export type EmaState = { readonly count: number; readonly ema: Params };

/**
 * The exponential moving average of the updates. For that of the weights, see `averageWeights`.
 *
 * `a ← d·a + (1 − d)·g`; the update is `a/(1 − dᵗ)`, t counted from 1, or a without `debias`.
 *
 * @param decay d in [0, 1)
 * @param options `debias` (true)
 * @returns a transform
 * @throws ArgumentError when `decay` is out of range, or the gradients of `update` differ from the parameters of `init`
 *   in structure or shape
 *
 * @example
 * const smooth = transforms.chain(transforms.ema(0.9), transforms.scaleByLearningRate(0.1));
 */
export function ema(decay: number, options: EmaOptions = {}): GradientTransformation<EmaState> {
  checkDecay('ema', 'decay', decay);
  checkOptions('ema', options, ['debias']);
  const { debias = true } = options;
  return elementwise(
    {
      name: 'ema',
      counted: true,
      slots: { ema: 0 },
      numbers: (count) => ({ correction: debias ? 1 / correction(decay, count + 1) : 1 }),
      step: ({ g, slot, number }) => {
        const mean = mix(decay, slot('ema'), 1 - decay, g);
        return { update: debias ? mul(number('correction'), mean) : mean, slots: { ema: mean } };
      },
    },
    [decay, { debias }],
  );
}
