import { isA, isDate } from '../inspect.ts';
import { isNumber, isValid, leadingNumber } from './numbers.ts';
import { absent, UnreadableCell } from './rows.ts';

type Key = number | bigint | string;

/** `item 10` comes after `item 9`; capitals do not matter, signs do. */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * The place of each cell in the sorted column: equal values have the same, missing ones (null, undefined, NaN,
 * dates that are none) have none. Numbers come before booleans, dates and text.
 */
export function ranksOf(values: readonly unknown[], texts: readonly string[]): (number | undefined)[] {
  const keys = values.map((value, row) => sortKey(value, texts[row] ?? ''));
  const order = keys.flatMap((key, row) => (key === undefined ? [] : [row]));
  order.sort((a, b) => compare(keys[a], keys[b]));
  const ranks = new Array<number | undefined>(values.length).fill(undefined);
  let rank = -1;
  for (const [at, row] of order.entries()) {
    const before = order[at - 1];
    if (before === undefined || compare(keys[before], keys[row]) !== 0) rank += 1;
    ranks[row] = rank;
  }
  return ranks;
}

/** The kind of a value, which decides between values of different kinds, and what decides within one. */
type SortKey = readonly [kind: number, key: Key];

function sortKey(value: unknown, text: string): SortKey | undefined {
  if (value === null || value === undefined || value === absent || Number.isNaN(value)) return undefined;
  if (isA(value, UnreadableCell)) return undefined;
  if (typeof value === 'number' || typeof value === 'bigint') return [0, value];
  if (typeof value === 'boolean') return [1, Number(value)];
  if (isDate(value)) return isValid(value) ? [2, value.getTime()] : undefined;
  return isNumber(text) ? [0, leadingNumber(text)] : [3, text];
}

function compare(a: SortKey | undefined, b: SortKey | undefined): number {
  if (!a || !b) return 0;
  if (a[0] !== b[0]) return a[0] - b[0];
  if (typeof a[1] === 'string' && typeof b[1] === 'string') return collator.compare(a[1], b[1]);
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}
