import { countText } from '../../../core/text/numbers.ts';
import { shortText } from '../../inspect.ts';
import { isPlain, type Plain } from '../../plain.ts';
import { type Leaf, leavesOf } from '../leaves.ts';
import { compositions } from '../views.ts';
import { chooseRows } from './choose.ts';
import { slimRows } from './slim.ts';

/** So many rows a page draws at once, and a notebook, which has every value on a line, holds in half a megabyte. */
const defaultMost = 5000;
const composites = ['boxplot', 'errorband', 'errorbar'];

/** What became of data with too many rows. */
export interface Limited {
  readonly shown: number;
  readonly total: number;
}

/** Throws a RangeError for what is no number of points. */
export function checkMost(most: unknown): number {
  if (most === undefined) return defaultMost;
  if (typeof most === 'number' && most >= 1) return most;
  throw new RangeError(
    `vegaLite: maxPoints is ${shortText(most)}; allowed is a number from 1 on, or Infinity for all points`,
  );
}

/** Whether a view draws its rows as they are: no transform and no aggregate between. */
function isRaw({ mark, encoding, source }: Leaf): boolean {
  if (source.transforms.length > 0 || composites.includes(mark)) return false;
  return !Object.values(encoding).some(
    (definition) => isPlain(definition) && definition.aggregate !== undefined,
  );
}

/** Whether the spec has more rows than it may send, so that only what the marks need of them can be sent. */
export function isLarge(spec: Plain, most: number): boolean {
  return [...leavesOf(spec)].some(({ source }) => Array.isArray(source.rows) && source.rows.length > most);
}

/** Leave only rows that stand for all, in data of which all views draw the rows as they are. */
export function limitRows(spec: Plain, most: number): Limited[] {
  const leaves = new Map<readonly unknown[], Leaf[]>();
  for (const leaf of leavesOf(spec)) {
    const { rows } = leaf.source;
    if (Array.isArray(rows) && rows.length > most) leaves.set(rows, [...(leaves.get(rows) ?? []), leaf]);
  }
  const limited: Limited[] = [];
  let readersText: string | undefined;
  for (const [rows, readers] of leaves) {
    if (!readers.every(isRaw)) continue;
    const kept = keptRows(rows, readers, most);
    readersText ??= JSON.stringify(withoutRows(spec));
    replaceRows(spec, rows, slimRows(kept, readersText, true));
    limited.push({ shown: kept.length, total: rows.length });
  }
  return limited;
}

/** All of a spec but its data. */
function withoutRows(spec: unknown): unknown {
  if (Array.isArray(spec)) return spec.map(withoutRows);
  if (!isPlain(spec)) return spec;
  const entries = Object.entries(spec).filter(([key]) => key !== 'data' && key !== 'datasets');
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutRows(value)]));
}

/** The rows that stand for all in each of the views. */
export function keptRows(rows: readonly unknown[], leaves: readonly Leaf[], most: number): unknown[] {
  const kept = new Set(leaves.flatMap((leaf) => chooseRows(rows, leaf, most)));
  return [...kept].sort((one, two) => one - two).map((index) => rows[index]);
}

function replaceRows(view: Plain, rows: readonly unknown[], kept: readonly unknown[]): void {
  if (isPlain(view.data) && view.data.values === rows) view.data.values = kept;
  for (const [name, dataset] of Object.entries(isPlain(view.datasets) ? view.datasets : {})) {
    if (dataset === rows) (view.datasets as Plain)[name] = kept;
  }
  for (const child of compositions.flatMap((key) => view[key] ?? [])) {
    if (isPlain(child)) replaceRows(child, rows, kept);
  }
}

/** What the reader is told: how many of how many, and how to have all. */
export function limitNote(limited: readonly Limited[]): string {
  const parts = limited.map(({ shown, total }) => `${countText(shown)} of ${countText(total)} points`);
  return parts.length === 0 ? '' : `Shown are ${parts.join(' and ')}; { maxPoints: Infinity } shows all`;
}

/** Put a note where every front-end shows it: below the title, or below the chart if there is no title. */
export function addNote(spec: Plain, note: string, look: Plain): void {
  const { title } = spec;
  if (title === undefined || title === null || title === '') {
    spec.title = { text: note, orient: 'bottom', fontWeight: 'normal', offset: 10, ...look };
    return;
  }
  const full = isPlain(title) && 'text' in title ? title : { text: title };
  const before = full.subtitle === undefined ? [] : [full.subtitle].flat();
  spec.title = { ...full, subtitle: [...before, note] };
}
