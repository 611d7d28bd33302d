import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { SavedNames } from '../core/savedNames.ts';
import {
  cloneTree,
  disposeTree,
  keepTree,
  mapLeaves,
  mergeTrees,
  selectTree,
  tidyTree,
} from '../core/tree.ts';
import type { Tree } from '../core/types.ts';
import { advance } from '../transforms/advance.ts';
import type { GradientTransformation, State } from '../transforms/index.ts';
import { checkKnown, namesIn } from './namesIn.ts';
import { checkKind, type Kinds } from './saved.ts';
import { keyOf } from './variables.ts';

type Variables = Readonly<Record<string, Variable>>;

/** The state of a transform for tfjs variables, each found by its name; the tensors are its own. */
export class VariableState {
  readonly #transform: GradientTransformation;
  readonly #savedNames = new SavedNames();
  /** For each set of variables met, by their names: which parts of the state are theirs. */
  readonly #parts = new Map<string, Tree<unknown>>();
  #tree: State | undefined;
  /** The function that loaded the state, until a step has found its variables in it. */
  #loadedBy: string | undefined;

  constructor(transform: GradientTransformation) {
    this.#transform = transform;
  }

  /** The whole state; undefined before the first step. */
  get tree(): State | undefined {
    return this.#tree;
  }

  /**
   * The whole state, with a fresh part for each of these variables that is new.
   *
   * @throws ArgumentError when the state was loaded, and all of them are new
   */
  treeWith(variables: Variables): State {
    const key = keyOf(variables);
    if (this.#tree !== undefined && this.#parts.has(key)) return this.#tree;
    const fresh = tidyTree(() => keepTree(this.#transform.init(variables)));
    try {
      this.#checkLoaded(fresh);
    } catch (error) {
      disposeTree(fresh);
      throw error;
    }
    const tree = this.#tree === undefined ? fresh : mergeTrees(this.#tree, fresh);
    disposeTree(fresh, tree);
    this.#parts.set(
      key,
      mapLeaves(fresh, () => null),
    );
    this.#tree = tree;
    return tree;
  }

  /** Takes a step of the transform: changes the variables, and their parts of the state. */
  step(variables: Variables, grads: Readonly<Record<string, Tensor>>): void {
    const before = this.treeWith(variables);
    const after = tidyTree(() => {
      const part = selectTree(before, this.#parts.get(keyOf(variables)));
      const { params, state } = advance(this.#transform, grads, part, variables);
      for (const [name, variable] of Object.entries(variables)) {
        const after = (params as Record<string, Tensor>)[name]!;
        if (after !== variable) variable.assign(after);
      }
      return keepTree(mergeTrees(state, before));
    });
    disposeTree(before, after);
    this.#tree = after;
  }

  /** A copy, for `replace`. */
  copy(): State | undefined {
    return this.#tree && keepTree(cloneTree(this.#tree));
  }

  /** Takes over another state in the place of this one, which is freed; undefined to start afresh. */
  replace(tree: State | undefined): void {
    if (this.#tree !== undefined) disposeTree(this.#tree);
    this.#tree = tree;
    this.#parts.clear();
    this.#loadedBy = undefined;
  }

  #names(state: State): string[] {
    return namesIn(state, this.kinds());
  }

  #checkLoaded(fresh: State): void {
    if (this.#loadedBy === undefined || this.#tree === undefined) return;
    const names = this.#names(fresh);
    checkKnown(this.#loadedBy, this.#names(this.#tree), names);
    if (names.length > 0) this.#loadedBy = undefined;
  }

  /** What every state of this kind holds. */
  kinds(): Kinds {
    return tidyTree(() =>
      mapLeaves(this.#transform.init({}), (leaf) => (typeof leaf === 'number' ? 'a number' : 'a tensor')),
    );
  }

  /** Takes the names to save the state under, by the names of the variables. */
  nameVariables(names: ReadonlyMap<string, string>): void {
    // A state that was loaded before the model was compiled waits under the names it was saved by.
    const waiting = this.#loadedBy === undefined ? undefined : this.toSave();
    this.#savedNames.add(names);
    if (waiting !== undefined) this.#tree = this.#savedNames.toVariables(waiting);
  }

  /** The state under the names to save it by, if there is any; its tensors stay this one's. */
  toSave(): State | undefined {
    return this.#tree && this.#savedNames.toSaved(this.#tree);
  }

  /**
   * Takes a state that was saved; undefined to start afresh.
   *
   * @param where the public function, for the error message
   * @param read makes the state of new tensors
   * @throws ArgumentError when it is the state of another kind of transform; this one then stays
   */
  load(where: string, read: (() => State) | undefined): void {
    const known = read === undefined || this.#tree === undefined ? [] : this.#names(this.#tree);
    const loaded =
      read &&
      tidyTree(() => {
        const tree = read();
        checkKind(where, tree, this.kinds());
        return keepTree(this.#savedNames.toVariables(tree));
      });
    // One that goes back to where it was is of its variables, whichever are trained next.
    const isBack = loaded !== undefined && this.#names(loaded).some((name) => known.includes(name));
    this.replace(loaded);
    this.#loadedBy = isBack ? undefined : where;
  }
}
