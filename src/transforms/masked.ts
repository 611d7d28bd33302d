import { described } from '../core/description.ts';
import { cloneTree, tidyTree } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import { checkState } from './checkState.ts';
import { checkTransform } from './checkTransform.ts';
import { passRate } from './passRate.ts';
import { flatten, type Leaves, leavesOf, matcher, type Selector } from './paths.ts';
import { passTraits } from './traits.ts';
import type { GradientTransformation, State } from './types.ts';

/** The state of the transform within, of the parameters that it has. */
export type MaskedState = { readonly inner: State };

/** The entries whose path is meant. */
export const select = (leaves: Leaves, matches: (path: string) => boolean): Leaves =>
  Object.fromEntries(Object.entries(leaves).filter(([path]) => matches(path)));

/**
 * Applies a transform to some of the parameters; the gradients of the others pass unchanged.
 *
 * @param inner the transform, which gets the tensors that are meant as an object by their paths
 * @param selector which they are: a function of the path, such as `layer/kernel`, to true or false, or a pattern, layer
 *   or list of these
 * @returns a transform
 * @throws ArgumentError when an argument is of the wrong kind, or the function returns anything else
 *
 * @example
 * // No decay for biases.
 * const decay = transforms.masked(transforms.addDecayedWeights(1e-4), (path) => !path.endsWith('bias'));
 */
export function masked(
  inner: GradientTransformation,
  selector: Selector,
): GradientTransformation<MaskedState> {
  checkTransform('masked', 'inner', inner);
  const matches = matcher('masked', 'selector', selector);
  const selected = (tree: Params): Leaves => select(leavesOf(tree), matches);
  const transform: GradientTransformation<MaskedState> = {
    init: (params) => ({ inner: inner.init(selected(params)) }),
    update: (grads, state, params) =>
      tidyTree(() => {
        checkState('masked', state, ['inner']);
        const { leaves, rebuild } = flatten(grads);
        const others = select(leaves, (path) => !matches(path));
        const step = inner.update(select(leaves, matches), state.inner, params && selected(params));
        return {
          updates: rebuild({ ...cloneTree(others), ...(step.updates as Leaves) }),
          state: { inner: step.state },
        };
      }),
  };
  described(transform, { kind: 'transform', name: 'masked', options: [selector], parts: [inner] });
  return passTraits(passRate(transform, [inner]), [{ part: inner, state: (state) => state.inner, selected }]);
}
