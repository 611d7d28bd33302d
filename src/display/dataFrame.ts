import { isList, readMember, readMethod } from './inspect.ts';
import { html } from './markup.ts';
import { isFrame } from './table/frames.ts';
import { table } from './table.ts';
import { displaySymbol, type MimeBundle } from './types.ts';

const MAX_RECORDS = 50;

type Row = Record<string, unknown>;

/**
 * The bundle of a data frame, told by `schema`, `head(n)` and `toRecords()`, or of another library's table;
 * undefined for anything else.
 */
export function dataFrame(value: unknown): MimeBundle | undefined {
  return resource(value) ?? (isFrame(value) ? { ...table(value)[displaySymbol]() } : undefined);
}

function resource(value: unknown): MimeBundle | undefined {
  const schema = readMember(value, 'schema');
  const head = readMember(value, 'head');
  if (typeof schema !== 'object' || schema === null || typeof head !== 'function') return undefined;
  if (!readMethod(value, 'toRecords')) return undefined;
  const rows = readMethod(Reflect.apply(head, value, [MAX_RECORDS]), 'toRecords')?.();
  if (!isList(rows)) return undefined;
  const names = Object.keys(schema);
  const data = rows.map((row) =>
    Object.fromEntries(names.map((name) => [name, plain(readMember(row, name))])),
  );
  const fields = names.map((name) => ({ name, type: typeOf(data, name) }));
  return {
    'application/vnd.dataresource+json': { data, schema: { fields } },
    ...shownTable(data, readMember(value, 'height')),
  };
}

/** Where there may be more than was asked for, it says so: the table itself knows of no others. */
function shownTable(data: readonly Row[], height: unknown): MimeBundle {
  const total = typeof height === 'number' ? height : undefined;
  if (data.length < MAX_RECORDS || total === data.length) return { ...table(data)[displaySymbol]() };
  const shown = table(data, { maxRows: MAX_RECORDS });
  const note = `the first ${data.length}${total === undefined ? '' : ` of ${total}`} rows`;
  return { 'text/html': html`${shown}<div>${note}</div>`.markup, 'text/plain': `${shown}\n${note}` };
}

/** JSON has no bigint. */
function plain(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** The type of a column in a Tabular Data Resource, told by its values. */
function typeOf(rows: readonly Row[], name: string): string {
  const values = rows.map((row) => row[name]).filter((value) => value !== null && value !== undefined);
  const all = (test: (value: unknown) => boolean): boolean => values.length > 0 && values.every(test);
  if (all((value) => Number.isInteger(value))) return 'integer';
  if (all((value) => typeof value === 'number')) return 'number';
  if (all((value) => typeof value === 'boolean')) return 'boolean';
  if (all((value) => value instanceof Date)) return 'datetime';
  if (all(isList)) return 'array';
  return all((value) => typeof value === 'object') ? 'object' : 'string';
}
