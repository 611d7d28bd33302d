import { isList, plainText, readMember, readMethod } from '../inspect.ts';
import { readCell, readField, rowKeys } from './rows.ts';

/** A column as it will be shown: its cells are cut to the rows on show. */
export interface Column {
  readonly name: string;
  readonly values: readonly unknown[];
}

/** The part of a table's input that is shown, and how much of it is not. */
export interface TableContent {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly columnCount: number;
}

const maxColumns = 60;

/** Bring rows, columns or a tensor into columns of at most `maxRows` cells. */
export function tableContent(data: unknown, maxRows: number): TableContent {
  const plain = untensor(data);
  if (typeof plain !== 'object' || plain === null) {
    throw new TypeError(`table: the data is ${plainText(data)}; allowed are rows, columns or a tensor`);
  }
  if (ArrayBuffer.isView(plain) && !(plain instanceof DataView)) {
    return fromRows(plain as unknown as ArrayLike<unknown>, maxRows);
  }
  if (isList(plain)) return fromRows(plain, maxRows);
  if (readMethod(plain, Symbol.iterator)) return fromRows([...(plain as Iterable<unknown>)], maxRows);
  return rowKeys(plain) ? fromColumns(plain, maxRows) : fromRows([plain], maxRows);
}

function untensor(data: unknown): unknown {
  const shape = readMember(data, 'shape');
  const read = readMethod(data, 'arraySync');
  if (!Array.isArray(shape) || !read) return data;
  if (shape.length <= 2) return shape.length === 0 ? [read()] : read();
  throw new RangeError(`table: the tensor has shape [${shape.join(', ')}]; allowed are 0, 1 or 2 dimensions`);
}

function fromRows(rows: ArrayLike<unknown>, maxRows: number): TableContent {
  const shown = Array.from({ length: Math.min(rows.length, maxRows) }, (_, row) => readCell(rows, row));
  const names = new Set<string>();
  const keys = shown.map(rowKeys);
  for (const own of keys) for (const key of own ?? [scalarName]) names.add(key);
  const isBare = names.size === 0 && shown.length > 0;
  const columns = [...(isBare ? [scalarName] : names)].slice(0, maxColumns).map((name) => ({
    name,
    values: shown.map((row, index) => {
      if (isBare || keys[index] === undefined) return name === scalarName ? row : undefined;
      return readField(row, name);
    }),
  }));
  return { columns, rowCount: rows.length, columnCount: Math.max(names.size, columns.length) };
}

/** The column of rows that are cells of their own, and of rows none of which has a key. */
const scalarName = 'value';

function fromColumns(data: object, maxRows: number): TableContent {
  const keys = Object.keys(data);
  const lists = keys.slice(0, maxColumns).map((name) => [name, listOf(readCell(data, name))] as const);
  const rowCount = Math.max(0, ...lists.map(([, list]) => list.length));
  const columns = lists.map(([name, list]) => ({
    name,
    values: Array.from({ length: Math.min(rowCount, maxRows) }, (_, row) => readCell(list, row)),
  }));
  return { columns, rowCount, columnCount: keys.length };
}

function listOf(value: unknown): ArrayLike<unknown> {
  const plain = untensor(value);
  if (isList(plain)) return plain;
  const isTyped = ArrayBuffer.isView(plain) && !(plain instanceof DataView);
  return isTyped ? (plain as unknown as ArrayLike<unknown>) : [plain];
}
