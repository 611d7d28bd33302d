import { isA, isList, plainText, readMember, readMethod } from '../inspect.ts';
import { displaySymbol } from '../types.ts';
import { frameSource } from './frames.ts';
import { absent, isPlainObject, keyName, readCell, readField, rowKeys } from './rows.ts';
import { isTensor, tensorList, tensorSource } from './tensors.ts';

/** Where a table's cells come from: only those that are shown are read. */
export interface TableSource {
  readonly rowCount: number;
  /** There are more rows than were read. */
  readonly isOpen?: boolean;
  /** The names of all columns, as far as the rows on show tell them. */
  columns(rows: readonly number[]): readonly string[];
  cell(row: number, name: string): unknown;
  /** What is known of a column's type without its cells. */
  type?(name: string): string | undefined;
}

/** The column of rows that are cells of their own, and of rows none of which has a key. */
const scalarName = 'value';
/** An iterator may have no end: this many of its items are read. */
const maxRead = 10_000;

/** The source for data of any kind; throws a TypeError for what is none. */
export function tableSource(data: unknown, maxRows: number): TableSource {
  if (isTensor(data)) return tensorSource(data);
  if (typeof data !== 'object' || data === null) {
    throw new TypeError(`table: the data is ${plainText(data)}; allowed are rows, columns or a tensor`);
  }
  const list = listOf(data);
  if (list) return rowSource(list, columnOrder(data));
  const frame = frameSource(data);
  if (frame) return 'rowCount' in frame ? frame : rowSource(frame);
  if (isA(data, Map)) return mapSource(data);
  if (readMethod(data, Symbol.iterator)) return iterableSource(data as Iterable<unknown>, maxRows);
  const keys = rowKeys(data);
  if (!keys) return rowSource([data]);
  return groupSource(keys.map((key) => [key, readCell(data, key)])) ?? columnSource(data, keys);
}

function listOf(value: unknown): ArrayLike<unknown> | undefined {
  if (isList(value)) return value;
  const isTyped = ArrayBuffer.isView(value) && !(value instanceof DataView);
  return isTyped ? (value as unknown as ArrayLike<unknown>) : undefined;
}

/** Parsers of CSV, such as d3's, give the order of the columns beside the rows. */
function columnOrder(rows: unknown): readonly string[] {
  const order = isList(rows) ? readMember(rows, 'columns') : undefined;
  return isList(order) ? order.filter((name): name is string => typeof name === 'string') : [];
}

function rowSource(rows: ArrayLike<unknown>, order: readonly string[] = []): TableSource {
  const type = ArrayBuffer.isView(rows) ? typedName(rows) : undefined;
  const keysOf = keyReader(rows);
  let isBare = false;
  return {
    rowCount: rows.length,
    columns(shown) {
      const names = new Set<string>(order);
      for (const row of shown) for (const key of keysOf(row) ?? [scalarName]) names.add(key);
      isBare = names.size === 0 && shown.length > 0;
      return isBare ? [scalarName] : [...names];
    },
    cell(row, name) {
      const value = readCell(rows, row);
      if (isBare || keysOf(row) === undefined) return name === scalarName ? value : absent;
      return readField(value, name);
    },
    ...(type === undefined ? {} : { type: () => type }),
  };
}

function keyReader(rows: ArrayLike<unknown>): (row: number) => readonly string[] | undefined {
  const known = new Map<number, readonly string[] | undefined>();
  return (row) => {
    if (!known.has(row)) known.set(row, rowKeys(readCell(rows, row)));
    return known.get(row);
  };
}

function columnSource(data: object, names: readonly string[]): TableSource {
  return listSource(new Map(names.map((name) => [name, columnList(readCell(data, name))])));
}

/** Lists side by side; the shorter ones are blank at their ends. */
function listSource(lists: ReadonlyMap<string, ArrayLike<unknown>>): TableSource {
  let rowCount = 0;
  for (const list of lists.values()) rowCount = Math.max(rowCount, list.length);
  return {
    rowCount,
    columns: () => [...lists.keys()],
    cell(row, name) {
      const list = lists.get(name);
      return list && row < list.length ? readCell(list, row) : absent;
    },
    type: (name) => typedName(lists.get(name)),
  };
}

function columnList(value: unknown): ArrayLike<unknown> {
  return (isTensor(value) ? tensorList(value) : listOf(value)) ?? [value];
}

/** `float32` of a Float32Array. */
function typedName(list: unknown): string | undefined {
  if (!ArrayBuffer.isView(list)) return undefined;
  const name = Object.prototype.toString.call(list).slice(8, -1);
  if (name.startsWith('Big')) return 'bigint';
  return name.endsWith('Array') ? name.slice(0, -5).replace('Clamped', '').toLowerCase() : undefined;
}

/** A Map of columns, of rows by their key, or of single values. */
function mapSource(map: ReadonlyMap<unknown, unknown>): TableSource {
  const values = [...map.values()];
  const isColumns = values.length > 0 && values.every((value) => listOf(value) || isTensor(value));
  if (isColumns) {
    return listSource(new Map([...map].map(([key, value]) => [keyName(key), columnList(value)])));
  }
  const entries = [...map];
  return groupSource(entries) ?? rowSource(entries.map(([key, value]) => ({ key, value })));
}

/** Rows that are told apart by a key; undefined if not all of the values are such rows. */
function groupSource(entries: readonly (readonly [unknown, unknown])[]): TableSource | undefined {
  const areRows = entries.every(([, value]) => isRow(value));
  if (!areRows || entries.length === 0) return undefined;
  const rows = rowSource(entries.map(([, value]) => value));
  const name = 'key';
  return {
    rowCount: entries.length,
    columns: (shown) => [name, ...rows.columns(shown).filter((column) => column !== name)],
    cell: (row, column) => (column === name ? entries[row]?.[0] : rows.cell(row, column)),
  };
}

function isRow(value: unknown): boolean {
  const isRecord =
    typeof value === 'object' && value !== null && !isList(value) && !ArrayBuffer.isView(value);
  if (!isRecord || isTensor(value) || readMethod(value, displaySymbol)) return false;
  try {
    return isPlainObject(value);
  } catch {
    return false;
  }
}

/** What says its size is read whole, anything else up to a limit: an iterator may have no end. */
function iterableSource(data: Iterable<unknown>, maxRows: number): TableSource {
  const size = readMember(data, 'size');
  const limit = typeof size === 'number' ? Number.POSITIVE_INFINITY : Math.max(maxRead, finite(maxRows));
  const rows: unknown[] = [];
  for (const row of data) {
    if (rows.length >= limit) return { ...rowSource(rows), isOpen: true };
    rows.push(row);
  }
  return rowSource(rows);
}

function finite(count: number): number {
  return Number.isFinite(count) ? count : 0;
}
