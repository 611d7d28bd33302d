import { dispose, fill, type Optimizer, type Tensor, tidy, util, type Variable } from '@tensorflow/tfjs-core';
import { SavedNames } from '../../core/savedNames.ts';
import type { Kind, Settings, SlotList } from './kinds.ts';

/** A tensor of the state as tfjs keeps it; the name ends with the suffix of its list. */
export interface Entry {
  originalName: string;
  variable: Variable;
}

/** A tensor with the name that tfjs stores it under. */
export interface NamedTensor {
  name: string;
  tensor: Tensor;
}

/** Where each list has the tensor of a variable, by the name of the entry. */
const places = new WeakMap<Entry[], Map<string, Entry>>();
const names = new WeakMap<Optimizer, SavedNames>();
/** Optimizers whose state was set and has met no variables since. */
const unmet = new WeakSet<Optimizer>();

export const settingsOf = (optimizer: Optimizer): Settings => optimizer as unknown as Settings;

/** The names to save the state of an optimizer under. */
export function savedNames(optimizer: Optimizer): SavedNames {
  const known = names.get(optimizer) ?? new SavedNames();
  names.set(optimizer, known);
  return known;
}

export const entriesOf = (optimizer: Optimizer, { property }: SlotList): Entry[] =>
  (Reflect.get(optimizer, property) as Entry[] | undefined) ?? [];

/** The entries by name, read anew when something else than this file changed the list. */
function placesOf(entries: Entry[]): Map<string, Entry> {
  const known = places.get(entries);
  if (known?.size === entries.length) return known;
  const read = new Map(entries.map((entry) => [entry.originalName, entry]));
  places.set(entries, read);
  return read;
}

const entryName = (variableName: string, { suffix }: SlotList): string => `${variableName}/${suffix}`;

/** The tensor of a variable in one list, which is made when the list has none of its shape. */
function slotOf(optimizer: Optimizer, list: SlotList, start: number, variable: Variable): Variable {
  const entries = entriesOf(optimizer, list);
  const known = placesOf(entries);
  const name = entryName(variable.name, list);
  const found = known.get(name);
  if (found && util.arraysEqual(found.variable.shape, variable.shape)) return found.variable;
  const made = tidy(() => fill(variable.shape, start).variable(false)) as Variable;
  if (found) {
    // The variable that it belonged to is gone; another has its name.
    found.variable.dispose();
    found.variable = made;
  } else {
    const entry = { originalName: name, variable: made };
    entries.push(entry);
    known.set(name, entry);
  }
  return made;
}

/** The tensors that the optimizer keeps for a variable. */
export function slotsOf(optimizer: Optimizer, kind: Kind, variable: Variable): Variable[] {
  const settings = settingsOf(optimizer);
  const start = kind.start?.(settings) ?? 0;
  return kind.lists(settings).map((list) => slotOf(optimizer, list, start, variable));
}

/**
 * Gives a state that was set to the variables of the first step by their order, as tfjs does, if it belongs
 * to none of them by name: it was saved from variables of other names.
 */
export function meet(optimizer: Optimizer, kind: Kind, variables: readonly Variable[]): void {
  if (!unmet.delete(optimizer)) return;
  for (const list of kind.lists(settingsOf(optimizer))) {
    const entries = entriesOf(optimizer, list);
    const known = placesOf(entries);
    const fits =
      entries.length === variables.length &&
      variables.every(
        ({ name, shape }, i) =>
          !known.has(entryName(name, list)) && util.arraysEqual(entries[i]!.variable.shape, shape),
      );
    if (!fits) continue;
    entries.forEach((entry, i) => {
      entry.originalName = entryName(variables[i]!.name, list);
    });
    places.delete(entries);
  }
}

/** Puts other tensors in the place of the state, all lists of one length; frees those that it had. */
export function replaceState(optimizer: Optimizer, kind: Kind, lists: readonly Entry[][]): void {
  kind.lists(settingsOf(optimizer)).forEach((list, i) => {
    dispose(entriesOf(optimizer, list).map(({ variable }): Tensor => variable));
    Reflect.set(optimizer, list.property, lists[i] ?? []);
  });
  unmet.delete(optimizer);
  if (lists.some((entries) => entries.length > 0)) unmet.add(optimizer);
}
