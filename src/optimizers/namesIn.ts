import { ArgumentError } from '../core/check.ts';
import { isList } from '../core/tree.ts';
import type { State } from '../transforms/index.ts';
import type { Kinds } from './saved.ts';

/** The names of the variables that a state knows: the keys where a state of its kind that knows none has no keys. */
export function namesIn(state: State, kinds: Kinds): string[] {
  if (typeof kinds === 'string') return [];
  if (isList<Kinds>(kinds)) return kinds.flatMap((part, i) => namesIn((state as State[])[i]!, part));
  const known = Object.entries(kinds as Readonly<Record<string, Kinds>>);
  if (known.length === 0) return Object.keys(state);
  return known.flatMap(([key, part]) => namesIn((state as Record<string, State>)[key]!, part));
}

/** The first of some names, for an error message. */
const listed = (names: readonly string[]): string =>
  [...names.slice(0, 3).map((name) => `'${name}'`), ...(names.length > 3 ? ['…'] : [])].join(', ');

/**
 * Rejects a loaded state that has no part for any of the variables that are trained with it: it would be as if it had not
 * been loaded.
 *
 * @param where the public function that loaded it
 * @param loaded the names in the loaded state
 * @param fresh those in a state of the variables
 */
export function checkKnown(where: string, loaded: readonly string[], fresh: readonly string[]): void {
  if (loaded.length === 0 || fresh.length === 0 || fresh.some((name) => loaded.includes(name))) return;
  const allowed = `that of the variables that are trained, ${listed(fresh)}; layers that are given names keep them in another model`;
  throw new ArgumentError(where, 'the state', `one of ${listed(loaded)}`, allowed);
}
