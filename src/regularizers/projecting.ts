import { add, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { checkNumber } from '../core/check.ts';
import { needed } from '../core/needed.ts';
import { mapTree, tidyTree, zipTrees } from '../core/tree.ts';
import type { Params, Schedule } from '../core/types.ts';
import type { GradientTransformation } from '../transforms/index.ts';

/** How many updates were made. */
type CountState = { readonly count: number };

/** Where the step of an optimizer is put right after it was taken. */
export type Correction = GradientTransformation<CountState>;

/**
 * A transform for the end of a chain: `u ← f(w + u) − w`, so that the parameters become what `f` makes of them.
 *
 * @param f a function of a parameter and the step size
 */
export function correction(
  where: string,
  f: (x: Tensor, stepSize: number) => Tensor,
  learningRate: number | Schedule,
): Correction {
  const rate = (count: number): number => {
    const value = typeof learningRate === 'function' ? learningRate(count) : learningRate;
    return checkNumber(where, 'learningRate', value, { min: 0 });
  };
  rate(0);
  return {
    init: () => ({ count: 0 }),
    update: (updates, { count }, given) => {
      const params = needed(where, given);
      const stepSize = rate(count);
      const correct = (u: Tensor, w: Tensor): Tensor => tidy(() => sub(f(add(w, u), stepSize), w));
      return {
        updates: tidyTree(() => zipTrees(where, correct, ['updates', updates], ['params', params])),
        state: { count: count + 1 },
      };
    },
  };
}

/** `f` of every tensor of a tree. */
export const mapped = (f: (x: Tensor) => Tensor, params: Params): Params =>
  tidyTree(() => mapTree((x) => tidy(() => f(x)), params));
