import { add } from '@tensorflow/tfjs-core';
import { mapTree, tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';

/**
 * New parameters: the sum of the parameters and their updates.
 *
 * @param params a tree of tensors
 * @param updates a tree of the same structure
 * @returns a new tree; neither argument is changed or freed
 * @throws Error when the structures differ
 *
 * @example
 * const { updates, state: next } = optimizer.update(grads, state, params);
 * params = transforms.applyUpdates(params, updates);
 */
export function applyUpdates<P extends Params>(params: P, updates: Params): P {
  return tidyTree(() => mapTree((p, u) => add(p, u), params, updates)) as P;
}
