import { add, type Scalar, scalar, tidy } from '@tensorflow/tfjs-core';
import { entries } from '../core/tree.ts';
import type { Params } from '../core/types.ts';
import type { LayerRegularizer } from './bases.ts';

/** A term that is added to the loss: of the weights of layers, or of any tree of tensors. */
export interface Penalty extends LayerRegularizer {
  /**
   * The sum of the penalties of all tensors of a tree; gradients flow through it.
   *
   * @param params a tree of tensors
   */
  penalty(params: Params): Scalar;
}

/** Gives a regularizer of tfjs's the method for trees, which is no part of what is saved. */
export function withPenalty(regularizer: LayerRegularizer): Penalty {
  const penalty = (params: Params): Scalar =>
    tidy(() =>
      entries(params).reduce<Scalar>((sum, [, leaf]) => add(sum, regularizer.apply(leaf)), scalar(0)),
    );
  return Object.defineProperty(regularizer, 'penalty', { value: penalty }) as Penalty;
}
