import { add, mul } from '@tensorflow/tfjs-core';
import { checkNumber } from '../core/check.ts';
import { mapTree, tidyTree } from '../core/tree.ts';
import type { GradientTransformation } from './types.ts';

/**
 * Weight decay, decoupled from the gradient's own scaling when it stands after it in a chain.
 *
 * `u = g + λ·w`.
 *
 * @param weightDecay λ ≥ 0
 * @returns a transform without state; its `update` needs `params`
 * @throws ArgumentError when λ is below 0; Error when `update` gets no `params`
 *
 * @example
 * const t = transforms.chain(transforms.addDecayedWeights(1e-4), transforms.scaleByLearningRate(0.1));
 *
 * @see Loshchilov & Hutter, "Decoupled Weight Decay Regularization", ICLR 2019
 */
export function addDecayedWeights(weightDecay: number): GradientTransformation<Record<string, never>> {
  checkNumber('addDecayedWeights', 'weightDecay', weightDecay, { min: 0 });
  return {
    init: () => ({}),
    update: (grads, state, params) => {
      if (params === undefined) throw new Error('addDecayedWeights: update needs params, its third argument');
      return {
        updates: tidyTree(() => mapTree((g, w) => add(g, mul(w, weightDecay)), grads, params)),
        state,
      };
    },
  };
}
