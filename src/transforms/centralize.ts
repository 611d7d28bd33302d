import { clone, mean, sub, type Tensor } from '@tensorflow/tfjs-core';
import { described } from '../core/description.ts';
import { mapTree, tidyTree } from '../core/tree.ts';
import type { GradientTransformation } from './types.ts';

/** All axes but the last, which in tfjs's layers is that of the units. */
const others = (x: Tensor): number[] => x.shape.slice(0, -1).map((_, axis) => axis);

/**
 * Gradients with a mean of 0 for each unit of a layer.
 *
 * `u = g − mean(g)` over all axes but the last; vectors and numbers are left as they are.
 *
 * @returns a transform without state
 *
 * @example
 * const t = transforms.chain(transforms.centralize(), transforms.scaleByLearningRate(0.1));
 *
 * @see Yong et al., "Gradient Centralization: A New Optimization Technique for Deep Neural Networks",
 * ECCV 2020
 */
export function centralize(): GradientTransformation<Record<string, never>> {
  const centred = (g: Tensor): Tensor => (g.rank < 2 ? clone(g) : sub(g, mean(g, others(g), true)));
  const transform: GradientTransformation<Record<string, never>> = {
    init: () => ({}),
    update: (grads, state) => ({ updates: tidyTree(() => mapTree(centred, grads)), state }),
  };
  return described(transform, { kind: 'transform', name: 'centralize', options: [] });
}
