import type { Params } from '../core/types.ts';
import { applyUpdates } from './applyUpdates.ts';
import type { GradientTransformation, State } from './types.ts';

/** New parameters, and the state for the next step. */
interface Advanced<S extends State> {
  readonly params: Params;
  readonly state: S;
}

type Advance<S extends State> = (grads: Params, state: S, params: Params) => Advanced<S>;

const advanceSymbol: unique symbol = Symbol('advance');

/** Gives a transform a way to new parameters that is shorter than by their updates. */
export function withAdvance<S extends State, T extends object>(transform: T, way: Advance<S>): T {
  return Object.defineProperty(transform, advanceSymbol, { value: way, configurable: true });
}

/**
 * The parameters after a step of a transform, which takes the state over: the memory of its tensors may be that of the
 * state after. A tensor that does not change may be the one before.
 *
 * @throws ArgumentError when trees differ in structure or shape
 */
export function advance<S extends State>(
  transform: GradientTransformation<S>,
  grads: Params,
  state: S,
  params: Params,
): Advanced<S> {
  const way = Reflect.get(transform, advanceSymbol) as Advance<S> | undefined;
  if (way) return way(grads, state, params);
  const step = transform.update(grads, state, params);
  return { params: applyUpdates(params, step.updates), state: step.state };
}
