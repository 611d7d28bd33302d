import {
  isA,
  isDate,
  isList,
  messageOf,
  readMember,
  readMethod,
  shortText,
  tensorShape,
} from '../inspect.ts';

type Members = Record<string, unknown>;

/** The members of a data source besides `values`; others, and lists, are columns. */
const sourceKeys = ['url', 'name', 'sequence', 'graticule', 'sphere', 'format'];
const allowed =
  "allowed are rows, columns such as { x: [1, 2], y: [3, 4] }, { values: rows or columns }, { url: 'cars.csv' } and { name: 'a dataset' }";

/**
 * A data source with rows for its values, whatever holds them: columns, Maps, Sets and tensors. Throws a
 * TypeError for what is no data, a RangeError for columns that do not fit together.
 */
export function dataSource(data: unknown, path: readonly string[]): unknown {
  if (data === null) return data;
  const where = path.join('.');
  if (typeof data === 'object' && isSource(data)) {
    const values = readMember(data, 'values');
    if (values === undefined || isParsed(readMember(data, 'format'))) return data;
    if (typeof values === 'string') checkJson(values, where);
    return { ...data, values: dataRows(values, `${where}.values`) };
  }
  const rows = rowList(data, where);
  if (rows) return { values: rows };
  throw new TypeError(`vegaLite: ${where} is ${shortText(data)}; ${allowed}`);
}

/** The rows that values stand for; values of another kind, such as CSV text or GeoJSON, stay as they are. */
export function dataRows(values: unknown, where: string): unknown {
  const rows = rowList(values, where);
  if (rows || typeof values === 'string' || (typeof values === 'object' && values !== null))
    return rows ?? values;
  throw new TypeError(`vegaLite: ${where} is ${shortText(values)}; allowed are rows, columns or a tensor`);
}

function isSource(data: object): boolean {
  if (Object.hasOwn(data, 'values')) return true;
  const keys = Object.keys(data);
  const isForeign = (key: string): boolean =>
    !sourceKeys.includes(key) || listOf(readMember(data, key), key) !== undefined;
  return keys.length > 0 && !keys.some(isForeign);
}

/** Whether the values are text or a document that Vega takes apart itself. */
function isParsed(format: unknown): boolean {
  const type = readMember(format, 'type') ?? 'json';
  return type !== 'json' || readMember(format, 'property') !== undefined;
}

function checkJson(text: string, where: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const values = shortText(text);
    throw new TypeError(
      `vegaLite: ${where}.values is ${values}; text that is not JSON needs its format, as in ${where}: { values, format: { type: 'csv' } }`,
      { cause: error },
    );
  }
}

function rowList(values: unknown, where: string): unknown[] | undefined {
  const shape = tensorShape(values);
  if (shape) return tensorRows(values, shape, where);
  const list = listOf(values, where);
  if (list) return Array.from(list, rowObject);
  if (typeof values !== 'object' || values === null) return undefined;
  if (isA(values, Map)) return columnRows(Object.fromEntries(values), where);
  if (readMethod(values, Symbol.iterator)) return Array.from(values as Iterable<unknown>, rowObject);
  return columnRows(values as Members, where);
}

function rowObject(row: unknown): unknown {
  if (isA(row, Map)) return Object.fromEntries(row);
  return isList(row) || ArrayBuffer.isView(row) ? { ...row } : row;
}

function tensorRows(tensor: unknown, shape: readonly number[], where: string): unknown[] {
  if (shape.length > 2) {
    throw new RangeError(
      `vegaLite: ${where} is a tensor of shape [${shape.join(', ')}]; allowed are 0, 1 or 2 dimensions`,
    );
  }
  const values = tensorValues(tensor, where);
  if (shape.length < 2) return Array.from(values, (value) => ({ value }));
  const [rows = 0, columns = 0] = shape;
  return Array.from({ length: rows }, (_, row) => {
    const cells: Record<number, unknown> = {};
    for (let column = 0; column < columns; column++) cells[column] = values[row * columns + column];
    return cells;
  });
}

/** Rows of an object of columns, in which single values count for every row; undefined if it is none. */
function columnRows(table: Members, where: string): unknown[] | undefined {
  const isDocument =
    typeof readMember(table, 'type') === 'string' && /^(Feature|Topology|Geometry)/.test(String(table.type));
  if (isDocument) return undefined;
  const cells = Object.keys(table).map((name) => {
    const value = readMember(table, name);
    return { name, value, list: listOf(value, `${where}.${name}`) };
  });
  const lists = cells.filter(({ list }) => list !== undefined);
  if (lists.length === 0 || cells.some(({ list, value }) => !list && !isScalar(value))) return undefined;
  if (new Set(lists.map(({ list }) => list?.length)).size > 1) {
    const sizes = lists.map(({ name, list }) => `${name} has ${list?.length}`).join(', ');
    throw new RangeError(`vegaLite: the columns of ${where} differ in length: ${sizes}`);
  }
  const columns = cells.map(
    ({ name, value, list }) => [name, list ?? scalarOf(value, name), list !== undefined] as const,
  );
  const rows: Members[] = [];
  for (let row = 0; row < (lists[0]?.list?.length ?? 0); row++) {
    const cell: Members = {};
    for (const [name, source, isList] of columns) {
      setMember(cell, name, isList ? (source as ArrayLike<unknown>)[row] : source);
    }
    rows.push(cell);
  }
  return rows;
}

function setMember(row: Members, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(row, name, { value, enumerable: true, configurable: true, writable: true });
  else row[name] = value;
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null || isDate(value) || tensorShape(value)?.length === 0;
}

function scalarOf(value: unknown, where: string): unknown {
  return tensorShape(value) ? tensorValues(value, where)[0] : value;
}

/** The elements of an array, a typed array or a tensor of one dimension; undefined for anything else. */
function listOf(value: unknown, where: string): ArrayLike<unknown> | undefined {
  if (isList(value)) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return value as unknown as ArrayLike<unknown>;
  const shape = tensorShape(value);
  if (!shape || shape.length === 0) return undefined;
  if (shape.slice(1).every((size) => size === 1)) return tensorValues(value, where);
  throw new RangeError(
    `vegaLite: the column ${where} is a tensor of shape [${shape.join(', ')}]; allowed is one dimension`,
  );
}

/** The elements of a tensor in row-major order. */
export function tensorValues(tensor: unknown, where: string): ArrayLike<unknown> {
  try {
    return readMethod(tensor, 'dataSync')?.() as ArrayLike<unknown>;
  } catch (error) {
    throw new TypeError(`vegaLite: ${where} cannot be read: ${messageOf(error)}`);
  }
}
