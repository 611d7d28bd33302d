import { renameKeys } from '../core/tree.ts';
import type { State } from '../transforms/index.ts';

/** The names to save a state under, where they are others than those of the variables. */
export class SavedNames {
  readonly #saved = new Map<string, string>();

  /** Takes names by those of the variables. */
  add(names: ReadonlyMap<string, string>): void {
    for (const [variable, saved] of names) {
      // A variable of an earlier model of the same names changes places, so that no name is taken twice.
      const earlier = [...this.#saved].find(([, name]) => name === saved)?.[0];
      if (earlier !== undefined) this.#saved.set(earlier, this.#saved.get(variable) ?? variable);
      this.#saved.set(variable, saved);
    }
  }

  /** The state under the names to save. */
  toSaved(state: State): State {
    return renameKeys(state, (key) => this.#saved.get(key) ?? key);
  }

  /** A saved state under the names of the variables. */
  toVariables(state: State): State {
    const variables = new Map([...this.#saved].map(([variable, saved]) => [saved, variable]));
    return renameKeys(state, (key) => variables.get(key) ?? key);
  }
}
