import { add, mul } from '../core/elementwise/expression.ts';
import { elementwise } from './elementwise.ts';
import { type CountState, rateAt } from './scaleByLearningRate.ts';
import type { GradientTransformation, Rate } from './types.ts';

/**
 * Weight decay for a chain that multiplies with the learning rate before its end: `u = g + η·λ·w`.
 *
 * @param weightDecay λ ≥ 0
 * @param rate η as it is at a step
 */
export const decayByRate = (weightDecay: number, rate: () => Rate): GradientTransformation<CountState> =>
  elementwise(
    {
      name: 'decayByRate',
      counted: true,
      needsParams: true,
      numbers: (count) => ({ share: weightDecay * rateAt(rate(), count) }),
      step: ({ g, w, number }) => ({ update: add(g, mul(number('share'), w)) }),
    },
    [weightDecay],
  );
