import type { Tensor } from '@tensorflow/tfjs-core';
import { renameKeys } from './tree.ts';
import type { Tree } from './types.ts';

type State = Tree<Tensor | number>;

/** The names to save a state under, where they are others than those of the variables. */
export class SavedNames {
  readonly #saved = new Map<string, string>();

  /** Takes names by those of the variables. */
  add(names: ReadonlyMap<string, string>): void {
    for (const [variable, saved] of names) {
      // A variable of an earlier model of the same names changes places, so that no name is taken twice.
      const earlier = [...this.#saved].find(([, name]) => name === saved)?.[0];
      if (earlier !== undefined) this.#saved.set(earlier, this.savedName(variable));
      this.#saved.set(variable, saved);
    }
  }

  /** The name to save the state of that variable under. */
  savedName(variable: string): string {
    return this.#saved.get(variable) ?? variable;
  }

  /** The names of the variables, by those that their state was saved under. */
  variables(): ReadonlyMap<string, string> {
    return new Map([...this.#saved].map(([variable, saved]) => [saved, variable]));
  }

  /** The state under the names to save. */
  toSaved(state: State): State {
    return renameKeys(state, (key) => this.savedName(key));
  }

  /** A saved state under the names of the variables. */
  toVariables(state: State): State {
    const variables = this.variables();
    return renameKeys(state, (key) => variables.get(key) ?? key);
  }
}
