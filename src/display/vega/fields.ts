import { cut, readMember } from '../inspect.ts';
import { isPlain } from '../plain.ts';
import { vegaLibrary } from './library.ts';
import type { Rows } from './views.ts';

/** Check that a row has the field; throws a TypeError that names the fields there are. */
export function checkField(field: string, path: string, rows: Rows): void {
  if (rows === 'unknown') return;
  if (rows === 'none') {
    throw new TypeError(`vegaLite: ${path}.field is '${field}', but the spec has no data`);
  }
  const members = membersOf(field, path);
  if (rows.length === 0 || rows.some((row) => hasMember(row, members))) return;
  const isWhole = members.length > 1 && rows.some((row) => isPlain(row) && Object.hasOwn(row, field));
  if (isWhole) {
    const escaped = field.replace(/[.[\]\\]/g, '\\\\$&');
    throw new TypeError(
      `vegaLite: ${path}.field is '${field}', which means ${members.slice(1).join('.')} inside of ${members[0]}; the field of that name is written '${escaped}'`,
    );
  }
  const present = isPlain(rows[0]) ? Object.keys(rows[0]) : ['data'];
  const names = cut(present.join(', '), 200) || 'none';
  throw new TypeError(`vegaLite: ${path}.field is '${field}', which no row has; the fields are ${names}`);
}

/** The members that lead to a field: `a.b` is b inside of a. */
function membersOf(field: string, path: string): string[] {
  if (!/[.[\]\\]/.test(field)) return [field];
  try {
    return vegaLibrary().vega.splitAccessPath(field);
  } catch (error) {
    throw new TypeError(
      `vegaLite: ${path}.field is '${field}', which is no path to a field; allowed are a.b, a[0] and names in which . [ and ] follow two backslashes`,
      { cause: error },
    );
  }
}

function hasMember(row: unknown, [first = '', ...rest]: readonly string[]): boolean {
  if (!isPlain(row)) return first === 'data' && rest.length === 0;
  if (!Object.hasOwn(row, first)) return false;
  const value = rest.reduce<unknown>(readMember, row[first]);
  return rest.length === 0 || value !== undefined;
}
