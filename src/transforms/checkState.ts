import { ArgumentError, describe } from '../core/check.ts';
import { isBranch, isList } from '../core/tree.ts';

/**
 * Rejects what is not the state of a transform, such as none or that of another one.
 *
 * @param where the public function, for the error message
 * @param keys what a state of its kind has
 */
export function checkState(where: string, state: unknown, keys: readonly string[]): void {
  if (isBranch<unknown>(state) && keys.every((key) => Object.hasOwn(state, key))) return;
  const received = isBranch<unknown>(state)
    ? `an object with the keys [${Object.keys(state)}]`
    : describe(state);
  const allowed = `what init or the update before returned, an object with the keys [${keys}]`;
  throw new ArgumentError(where, 'state', received, allowed);
}

/** The same of a state that is a list of so many. */
export function checkStates(where: string, state: unknown, length: number): void {
  if (isList<unknown>(state) && state.length === length) return;
  const received = isList<unknown>(state) ? `a list of ${state.length}` : describe(state);
  throw new ArgumentError(
    where,
    'state',
    received,
    `what init or the update before returned, a list of ${length}`,
  );
}
