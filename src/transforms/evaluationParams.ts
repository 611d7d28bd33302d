import { clone } from '@tensorflow/tfjs-core';
import { mapTree, tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { traitsOf } from './traits.ts';
import type { GradientTransformation, State } from './types.ts';

/**
 * The parameters to evaluate a model with: averaged ones for `averageWeights` and `scheduleFree`, the slow ones of
 * `lookahead`, those without the perturbation of `sam`; the same as are trained for other transforms.
 *
 * @param transform the transform that trains them
 * @param state its state
 * @param params the parameters that are trained
 * @returns a new tree of tensors, the structure of `params`
 *
 * @example
 * const t = transforms.lookahead(optimizers.sgd());
 * const params = { w: tf.tensor([1, 2]) };
 * transforms.evaluationParams(t, t.init(params), params); // { w: [1, 2] }
 */
export function evaluationParams<P extends Params>(
  transform: GradientTransformation,
  state: State,
  params: P,
): P {
  return tidyTree(() =>
    mapTree((x) => clone(x), traitsOf(transform).evaluate?.(state, params) ?? params),
  ) as P;
}
