import { add, mix, sub } from '../core/elementwise/expression.ts';
import { copyOf } from '../core/tensor.ts';
import { mapTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { checkDecay } from './decayRate.ts';
import { elementwise } from './elementwise.ts';
import { withTraits } from './traits.ts';
import type { GradientTransformation } from './types.ts';

/** The mean of the weights. */
export type AverageWeightsState = { readonly count: number; readonly average: Params };

/**
 * Keeps the exponential moving average of the weights, which are to be evaluated in their place. Put it last in a
 * chain: it takes the updates to be those that are applied, and passes them unchanged.
 *
 * `a ← d·a + (1 − d)·(w + u)`, and `a ← w + u` at the first step. See `evaluationParams` and
 * `optimizer.withEvaluationWeights`.
 *
 * @param decay d in [0, 1), such as 0.999
 * @returns a transform; its `update` needs `params`
 * @throws ArgumentError when `decay` is out of range, or trees differ in structure or shape
 *
 * @example
 * const optimizer = optimizers.fromTransform(
 *   transforms.chain(optimizers.adam(), transforms.averageWeights(0.99)),
 * );
 *
 * @see Polyak & Juditsky, "Acceleration of Stochastic Approximation by Averaging", SIAM Journal on Control and
 * Optimization 30, 1992
 */
export function averageWeights(decay: number): GradientTransformation<AverageWeightsState> {
  checkDecay('averageWeights', 'decay', decay);
  const transform = elementwise<AverageWeightsState>(
    {
      name: 'averageWeights',
      counted: true,
      needsParams: true,
      slots: { average: 0 },
      numbers: (count) => ({ decay: count === 0 ? 0 : decay }),
      step: ({ g, w, slot, number }) => {
        const average = mix(number('decay'), slot('average'), sub(1, number('decay')), add(w, g));
        return { update: g, slots: { average } };
      },
    },
    [decay],
  );
  return withTraits(transform, {
    evaluate: (state, params) => {
      const { count, average } = state as AverageWeightsState;
      // The memory of the average changes with the next step, what is read of these does not.
      return count === 0 ? params : mapTree(copyOf, average);
    },
  });
}
