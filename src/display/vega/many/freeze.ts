import type { Spec, View } from 'vega';
import { isPlain, type Plain } from '../../plain.ts';
import { slimRows } from './slim.ts';

/** Limits the rows of a data set that marks read as they are. */
type Choose = (rows: readonly unknown[]) => readonly unknown[];

/**
 * A Vega spec whose large data is replaced by what its marks and scales read of it, computed by a view that has
 * run: a histogram of 10⁶ rows becomes ten. Data that depends on what the user selects stays computed, from
 * its last ancestor that does not.
 *
 * @param spec a compiled chart
 * @param view the same chart after its first run
 * @param most data with more rows is large
 * @param choose picks rows of large data that nothing reduces
 */
export function freezeData(spec: Spec, view: View, most: number, choose: Choose): Spec {
  const sets = listOf((spec as Plain).data);
  const byName = new Map(sets.map((set) => [String(set.name), set]));
  const moving = movingNames(spec as Plain);
  const isMoving = (set: Plain): boolean =>
    set.on !== undefined ||
    mentions(set.transform, moving) ||
    sourcesOf(set).some((name) => isMovingName(name));
  const isMovingName = (name: string): boolean => isMoving(byName.get(name) ?? {});
  const isLarge = (set: Plain): boolean =>
    Array.isArray(set.values)
      ? set.values.length > most
      : sourcesOf(set).some((name) => isLarge(byName.get(name) ?? {}));
  const needed = new Set<string>();
  const need = (name: string): void => {
    const set = byName.get(name);
    if (!set || needed.has(name)) return;
    needed.add(name);
    if (isMoving(set) || !isLarge(set)) for (const source of sourcesOf(set)) need(source);
  };
  for (const name of referencesOf({ ...spec, data: [] })) need(name);
  const kept = sets.filter((set) => needed.has(String(set.name)) || set.on !== undefined);
  const isFrozen = (set: Plain): boolean => !isMoving(set) && isLarge(set);
  const readers = JSON.stringify([{ ...spec, data: [] }, kept.filter((set) => !isFrozen(set))]);
  const data = kept.map((set) => {
    if (!isFrozen(set)) return set;
    const rows = view.data(String(set.name)) as readonly unknown[];
    const isChosen = rows.length > most;
    return { name: set.name, values: slimRows(isChosen ? choose(rows) : rows, readers, isChosen) };
  });
  const isGone = (set: Plain): boolean => !data.includes(set as (typeof data)[number]);
  const signals = sets.filter(isGone).flatMap((set) => signalsOf(set, view));
  return { ...spec, data, signals: [...signals, ...(spec.signals ?? [])] } as unknown as Spec;
}

function listOf(value: unknown): Plain[] {
  return Array.isArray(value) ? value.filter(isPlain) : [];
}

/** The data sets that a data set is computed from. */
function sourcesOf({ source, transform }: Plain): string[] {
  const looked = listOf(transform).flatMap(({ from }) => (typeof from === 'string' ? [from] : []));
  return [...[source].flat(), ...looked].filter((name): name is string => typeof name === 'string');
}

/** Names of all data sets that a part of a spec reads. */
function referencesOf(part: unknown): string[] {
  if (typeof part === 'string') {
    return [...part.matchAll(/\b(?:in)?data\(\s*(["'])(.*?)\1/g)].map(([, , name = '']) => name);
  }
  if (Array.isArray(part)) return part.flatMap(referencesOf);
  if (!isPlain(part)) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    (key === 'data' || key === 'source') && typeof value === 'string' ? [value] : referencesOf(value),
  );
}

/** Signals that the user changes, and those computed from them. */
function movingNames(spec: Plain): string[] {
  const signals = listOf(spec.signals);
  const moving = signals.filter(({ on, bind }) => on !== undefined || bind !== undefined);
  const names = moving.map(({ name }) => String(name));
  const rest = signals.filter((signal) => !moving.includes(signal));
  for (const signal of rest) if (mentions(signal.update, names)) names.push(String(signal.name));
  return names;
}

function mentions(part: unknown, names: readonly string[]): boolean {
  const text = JSON.stringify(part) ?? '';
  return /vlSelection|_store\b/.test(text) || names.some((name) => new RegExp(`\\b${name}\\b`).test(text));
}

/** What the transforms of a data set tell the rest of the chart. */
function signalsOf({ transform }: Plain, view: View): Plain[] {
  return listOf(transform).flatMap(({ signal }) =>
    typeof signal === 'string' ? [{ name: signal, value: plainSignal(view.signal(signal)) }] : [],
  );
}

/** Bins are a function with members. */
function plainSignal(value: unknown): unknown {
  if (typeof value !== 'function') return value;
  const members = Object.entries(value).filter(([, member]) => typeof member === 'number');
  return Object.fromEntries(members);
}
