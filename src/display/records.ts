import { types } from 'node:util';
import { isDate, isList, readMember } from './inspect.ts';
import { isPlainObject } from './table/rows.ts';
import { displaySymbol } from './types.ts';

/** So many rows are looked at, spread over the list. */
const sampled = 20;
const maxNames = 60;
/** Of all cells that a table of the rows would have, at least this share is filled. */
const leastFilled = 0.5;
/** And of those this share is simple: a number, a text, a date. */
const leastSimple = 0.6;
/** A table cuts text: of a few rows with longer one, the whole is worth more. */
const longText = 200;
const fewRows = 3;

interface Survey {
  readonly names: Set<string>;
  cells: number;
  simple: number;
  isLong: boolean;
}

/**
 * Whether a value is better read as a table than as it is written in code: a list of plain objects that have
 * most of their keys in common, and few objects within them. A single row has none. No getter is called, and
 * neither Proxies nor objects with a look of their own are rows.
 */
export function isRecords(value: unknown): value is readonly object[] {
  if (!isList(value) || types.isProxy(value) || value.length === 0) return false;
  const seen: Survey = { names: new Set(), cells: 0, simple: 0, isLong: false };
  const count = Math.min(value.length, sampled);
  for (let index = 0; index < count; index++) {
    const at = Math.round((index * (value.length - 1)) / Math.max(1, count - 1));
    if (!surveyRow(Object.getOwnPropertyDescriptor(value, at)?.value, seen)) return false;
  }
  if (seen.cells === 0 || seen.names.size > maxNames) return false;
  if (seen.isLong && value.length <= fewRows) return false;
  const isFilled = seen.cells >= leastFilled * seen.names.size * count;
  return isFilled && seen.simple >= (value.length === 1 ? 1 : leastSimple) * seen.cells;
}

/** False for what is no row of a table. */
function surveyRow(row: unknown, seen: Survey): boolean {
  if (!isPlainRow(row)) return false;
  for (const name of Object.keys(row)) {
    const cell = Object.getOwnPropertyDescriptor(row, name);
    if (!cell || !('value' in cell) || seen.names.size > maxNames) return false;
    seen.names.add(name);
    seen.cells += 1;
    if (isSimple(cell.value)) seen.simple += 1;
    if (typeof cell.value === 'string' && cell.value.length > longText) seen.isLong = true;
  }
  return true;
}

const ownLooks: readonly PropertyKey[] = [
  ...[displaySymbol, Symbol.for('nodejs.util.inspect.custom'), 'toSpec', 'outerHTML'],
];

function isPlainRow(row: unknown): row is object {
  if (typeof row !== 'object' || row === null || types.isProxy(row)) return false;
  return isPlainObject(row) && !ownLooks.some((key) => key in row);
}

function isSimple(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  return isDate(value) || (!types.isProxy(value) && readMember(value, displaySymbol) !== undefined);
}
