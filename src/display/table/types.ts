import { isDate, isList } from '../inspect.ts';

/** The type of a column, told by the values that it has; empty for one that has none. */
export function typeOf(present: readonly unknown[]): string {
  const types = new Set(present.map(typeOfValue));
  if (types.size === 2 && types.has('integer') && types.has('number')) return 'number';
  return types.size > 1 ? 'mixed' : ([...types][0] ?? '');
}

function typeOfValue(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value !== 'object' || value === null) return typeof value;
  if (isDate(value)) return 'date';
  return isList(value) || ArrayBuffer.isView(value) ? 'array' : 'object';
}
