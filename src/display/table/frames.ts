import { isList, readMember, readMethod } from '../inspect.ts';
import { readCell } from './rows.ts';
import type { TableSource } from './source.ts';

/** The table of another library, or the rows that it gives; undefined for anything else. */
export function frameSource(data: object): TableSource | readonly unknown[] | undefined {
  return arquero(data) ?? arrow(data) ?? danfo(data) ?? polars(data) ?? records(data);
}

/** Whether a value is a table of one of the libraries that are known here. */
export function isFrame(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (arquero(value) ?? arrow(value) ?? danfo(value) ?? polars(value)) !== undefined;
}

type Call = (...parameters: unknown[]) => unknown;

function call(value: unknown, key: string): Call | undefined {
  const found = readMember(value, key);
  return typeof found === 'function' ? (...given) => Reflect.apply(found, value, given) : undefined;
}

/** Tables of arquero, in their order and without the rows that are filtered out. */
function arquero(data: object): TableSource | undefined {
  const [count, names, getter] = [call(data, 'numRows'), call(data, 'columnNames'), call(data, 'getter')];
  if (!count || !names || !getter) return undefined;
  const [rowCount, columns] = [count(), names()];
  if (typeof rowCount !== 'number' || !isList(columns)) return undefined;
  const read = new Map(columns.map((name) => [String(name), getter(name) as (row: number) => unknown]));
  return { rowCount, columns: () => [...read.keys()], cell: (row, name) => read.get(name)?.(row) };
}

/** Tables of Apache Arrow. */
function arrow(data: object): TableSource | undefined {
  const [child, rowCount] = [call(data, 'getChild'), readMember(data, 'numRows')];
  const fields = readMember(readMember(data, 'schema'), 'fields');
  if (!child || typeof rowCount !== 'number' || !isList(fields)) return undefined;
  const columns = fields.map((field) => String(readMember(field, 'name')));
  const read = new Map(columns.map((name) => [name, call(child(name), 'get')]));
  const types = new Map(columns.map((name, index) => [name, String(readMember(fields[index], 'type'))]));
  return {
    rowCount,
    columns: () => columns,
    cell: (row, name) => read.get(name)?.(row),
    type: (name) => types.get(name),
  };
}

/** Frames and series of danfojs: the values lie row by row, with the names of columns and rows beside them. */
function danfo(data: object): TableSource | undefined {
  const [columns, values, types, index] = ['columns', 'values', 'dtypes', 'index'].map((key) =>
    readMember(data, key),
  );
  if (![columns, values, types, index].every(isList)) return undefined;
  const names = (columns as unknown[]).map(String);
  const rows = values as unknown[];
  const labels = index as unknown[];
  const isSeries = rows.length > 0 && !rows.some(isList);
  const labelName = names.includes('index') ? 'row' : 'index';
  const isLabelled = labels.length === rows.length && labels.some((label, row) => label !== row);
  return {
    rowCount: rows.length,
    columns: () => (isLabelled ? [labelName, ...names] : names),
    cell(row, name) {
      if (isLabelled && name === labelName) return labels[row];
      return isSeries ? rows[row] : readCell(rows[row], names.indexOf(name));
    },
    type: (name) => typeName((types as unknown[])[names.indexOf(name)]),
  };
}

function typeName(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Frames of polars: the two ends are asked for, not the whole. */
function polars(data: object): TableSource | undefined {
  const [slice, records] = [call(data, 'slice'), call(data, 'toRecords')];
  const [height, columns] = [readMember(data, 'height'), readMember(data, 'columns')];
  if (!slice || !records || typeof height !== 'number' || !isList(columns)) return undefined;
  const names = columns.map(String);
  const read = new Map<number, unknown>();
  const rowOf = (row: number): unknown => {
    if (!read.has(row)) {
      const found = call(slice(row, 1), 'toRecords')?.();
      read.set(row, isList(found) ? found[0] : undefined);
    }
    return read.get(row);
  };
  return { rowCount: height, columns: () => names, cell: (row, name) => readMember(rowOf(row), name) };
}

/** Whatever gives its rows by a method of one of these names; that of an iterator may have no end. */
function records(data: object): readonly unknown[] | undefined {
  if (readMethod(data, 'next')) return undefined;
  for (const name of ['toRecords', 'objects', 'toArray', 'toJSON']) {
    const found = answerOf(data, name);
    if (isList(found)) return found;
  }
  return undefined;
}

/** A method of that name may be about something else, and want to be called otherwise. */
function answerOf(data: object, name: string): unknown {
  try {
    return readMethod(data, name)?.();
  } catch {
    return undefined;
  }
}
