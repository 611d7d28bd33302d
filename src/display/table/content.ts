import { countText } from '../../core/text/numbers.ts';
import { counted } from '../counts.ts';
import { tableSource } from './source.ts';

/** A column as it will be shown: its cells are cut to the rows on show. */
export interface Column {
  readonly name: string;
  /** What its holder says of its type, such as `float32` of a tensor. */
  readonly type?: string;
  readonly values: readonly unknown[];
}

/** Rows or columns that are left out. */
export interface Gap {
  /** The number of rows or columns shown before it. */
  readonly at: number;
  readonly count: number;
  readonly text: string;
}

/** The part of a table's input that is shown, and how much of it is not. */
export interface TableContent {
  readonly columns: readonly Column[];
  /** The positions of the rows shown. */
  readonly rows: readonly number[];
  readonly rowCount: number;
  readonly columnCount: number;
  readonly rowGap?: Gap;
  readonly columnGap?: Gap;
}

/** How much is shown, and which columns. */
export interface Extent {
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly columns?: readonly string[];
}

/** Bring data of any kind into columns of the first and the last rows. */
export function tableContent(data: unknown, extent: Extent): TableContent {
  const source = tableSource(data, extent.maxRows);
  const shown = source.isOpen ? Math.min(extent.maxRows, source.rowCount) : undefined;
  const rows = shown === undefined ? ends(source.rowCount, extent.maxRows) : ends(shown, shown);
  const all = source.columns(rows);
  const names = chosen(all, extent.columns);
  const kept = ends(names.length, extent.maxColumns);
  const columns = kept.map((index) => {
    const name = names[index] ?? '';
    const type = source.type?.(name);
    const values = rows.map((row) => source.cell(row, name));
    return type === undefined ? { name, values } : { name, type, values };
  });
  const more = source.isOpen
    ? { at: rows.length, count: 0, text: `… more rows: the first ${countText(source.rowCount)} were read` }
    : gap(source.rowCount, rows.length, 'row');
  const beside = gap(names.length, kept.length, 'column');
  return {
    columns,
    rows,
    rowCount: source.rowCount,
    columnCount: names.length,
    ...(more ? { rowGap: more } : {}),
    ...(beside ? { columnGap: beside } : {}),
  };
}

/** The first and the last of `count` positions, `limit` in all; one more of the first where it is odd. */
export function ends(count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, index) => index);
  const first = Math.ceil(limit / 2);
  return Array.from({ length: limit }, (_, index) => (index < first ? index : count - limit + index));
}

function gap(total: number, shown: number, what: string): Gap | undefined {
  const count = total - shown;
  const [text] = gapText(count, what);
  return text === undefined ? undefined : { at: Math.ceil(shown / 2), count, text };
}

/** `… 9,980 more rows`; nothing where there are none. */
export function gapText(count: number, what: string): string[] {
  return count > 0 ? [`… ${counted(count, `more ${what}`)}`] : [];
}

function chosen(names: readonly string[], wanted: readonly string[] | undefined): readonly string[] {
  if (!wanted) return names;
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined) return wanted;
  const known = names.slice(0, 20).map((name) => JSON.stringify(name));
  const rest = names.length > 20 ? ` and ${countText(names.length - 20)} more` : '';
  throw new RangeError(
    `table: the column ${JSON.stringify(unknown)} is not in the data; allowed are ${known.join(', ')}${rest}`,
  );
}
