import { add, mul, type Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, checkNumber } from '../core/check.ts';
import { described } from '../core/description.ts';
import { tidyTree, zipTrees } from '../core/tree.ts';
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
  const transform: GradientTransformation<Record<string, never>> = {
    init: () => ({}),
    update: (grads, state, params) => {
      if (params === undefined) {
        const allowed = 'given to update, as its third argument';
        throw new ArgumentError('addDecayedWeights', 'params', 'undefined', allowed);
      }
      const decay = (g: Tensor, w: Tensor): Tensor => add(g, mul(w, weightDecay));
      return {
        updates: tidyTree(() => zipTrees('addDecayedWeights', decay, ['grads', grads], ['params', params])),
        state,
      };
    },
  };
  return described(transform, { kind: 'transform', name: 'addDecayedWeights', options: [weightDecay] });
}
