import { isDate } from '../../inspect.ts';
import { isPlain } from '../../plain.ts';

/** Digits of a number of many rows: more than a screen can show, and enough for its tooltip. */
const digits = 7;

/**
 * Rows as short as the chart allows: with the fields of which the name occurs in what reads them.
 *
 * @param readers all else of the chart, as JSON
 * @param isRounded whether digits that nobody sees are left out
 */
export function slimRows(rows: readonly unknown[], readers: string, isRounded: boolean): unknown[] {
  const names = new Set(rows.slice(0, 100).flatMap((row) => (isPlain(row) ? Object.keys(row) : [])));
  // A tooltip of all the data.
  const isWhole = readers.includes('"content":"data"');
  const used = [...names].filter((name) => isWhole || readers.includes(JSON.stringify(name).slice(1, -1)));
  return rows.map((row) => {
    if (!isPlain(row)) return row;
    const fields = used
      .filter((name) => name in row)
      .map((name) => [name, isRounded ? rounded(row[name]) : plainTime(row[name])]);
    return Object.fromEntries(fields);
  });
}

function rounded(value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return plainTime(value);
  return Number(value.toPrecision(digits));
}

function plainTime(value: unknown): unknown {
  return isDate(value) ? value.getTime() : value;
}
