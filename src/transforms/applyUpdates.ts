import { add } from '@tensorflow/tfjs-core';
import { tidyTree, zipTrees } from '../core/tree.ts';
import type { Params } from '../core/types.ts';

/**
 * New parameters: the sum of the parameters and their updates.
 *
 * @param params a tree of tensors
 * @param updates a tree of the same structure and shapes
 * @returns a new tree; neither argument is changed or freed
 * @throws ArgumentError when the structures or two shapes differ
 *
 * @example
 * const t = transforms.scaleByLearningRate(0.1);
 * const params = { w: tf.tensor([1, 2]) };
 * const { updates } = t.update({ w: tf.tensor([1, 1]) }, t.init(params));
 * transforms.applyUpdates(params, updates); // { w: [0.9, 1.9] }
 */
export function applyUpdates<P extends Params>(params: P, updates: Params): P {
  return tidyTree(() => zipTrees('applyUpdates', add, ['params', params], ['updates', updates])) as P;
}
