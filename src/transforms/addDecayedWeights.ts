import { checkNumber } from '../core/check.ts';
import { add, mul } from '../core/elementwise/expression.ts';
import { elementwise } from './elementwise.ts';
import type { GradientTransformation } from './types.ts';

/**
 * Weight decay, decoupled from the gradient's own scaling when it stands after it in a chain.
 *
 * `u = g + λ·w`.
 *
 * @param weightDecay λ ≥ 0
 * @returns a transform without state; its `update` needs `params`
 * @throws ArgumentError when λ is below 0, or `update` gets no `params` of the structure and shapes of `grads`
 *
 * @example
 * const t = transforms.chain(transforms.addDecayedWeights(1e-4), transforms.scaleByLearningRate(0.1));
 *
 * @see Loshchilov & Hutter, "Decoupled Weight Decay Regularization", ICLR 2019
 */
export function addDecayedWeights(weightDecay: number): GradientTransformation<Record<string, never>> {
  checkNumber('addDecayedWeights', 'weightDecay', weightDecay, { min: 0 });
  return elementwise(
    {
      name: 'addDecayedWeights',
      needsParams: true,
      step: ({ g, w }) => ({ update: add(g, mul(weightDecay, w)) }),
    },
    [weightDecay],
  );
}
