import { isDate, isList, messageOf, plainText, readMember, readMethod } from '../inspect.ts';

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

/** Takes the place of a cell whose getter threw. */
export class UnreadableCell {
  readonly reason: string;

  constructor(error: unknown) {
    this.reason = messageOf(error);
  }
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
  return fromColumns(plain, maxRows);
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
  for (const row of shown) for (const key of rowKeys(row)) names.add(key);
  const columns = [...names].slice(0, maxColumns).map((name) => ({
    name,
    values: shown.map((row) => (isRecord(row) ? readCell(row, name) : name === scalarName ? row : undefined)),
  }));
  return { columns, rowCount: rows.length, columnCount: names.size };
}

const scalarName = 'value';

function rowKeys(row: unknown): string[] {
  if (!isRecord(row)) return [scalarName];
  if (ArrayBuffer.isView(row)) return Object.keys(Array.from(row as unknown as ArrayLike<unknown>));
  try {
    return Object.keys(row);
  } catch {
    return [];
  }
}

/** Dates, displayables and boxed things are cells of their own, not rows. */
function isRecord(row: unknown): row is object {
  if (typeof row !== 'object' || row === null || isDate(row)) return false;
  return !readMethod(row, Symbol.for('Jupyter.display'));
}

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

function readCell(holder: unknown, key: PropertyKey): unknown {
  try {
    return Object.hasOwn(holder as object, key) ? (holder as Record<PropertyKey, unknown>)[key] : undefined;
  } catch (error) {
    return new UnreadableCell(error);
  }
}
