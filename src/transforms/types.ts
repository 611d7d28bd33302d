import type { Tensor } from '@tensorflow/tfjs-core';
import type { Params, Schedule, Tree } from '../core/types.ts';

/** What a transform carries from step to step: tensors and numbers, in objects and arrays. */
export type State = Tree<Tensor | number>;

/** A learning rate: a number, or a function of the step, counted from 0. */
export type Rate = number | Schedule;

/**
 * A step of an optimizer: it turns gradients into updates, which are added to the parameters. Trees of
 * parameters, gradients and updates have the same structure. A state holds tensors of its own: it
 * shares none with the gradients, the updates or the parameters.
 */
export interface GradientTransformation<S extends State = State> {
  /** The state before the first step. */
  init(params: Params): S;
  /**
   * The updates for these gradients, and the state for the next step. No argument is changed, and what is returned
   * shares no tensor with one: each may be freed when it is no longer needed.
   */
  update(grads: Params, state: S, params?: Params): { updates: Params; state: S };
}

/** A transform with a learning rate, which may be changed between steps. */
export interface RatedTransformation<S extends State = State> extends GradientTransformation<S> {
  learningRate: Rate;
}

/** Whether the transform has a learning rate. */
export function isRated(transform: GradientTransformation): transform is RatedTransformation {
  return 'learningRate' in transform;
}
