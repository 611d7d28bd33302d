import { isDate } from '../inspect.ts';

const significantDigits = 6;
const msPerDay = 86_400_000;

/** Numbers that were formatted beforehand: `12.50`, `−3`, `0.14 ± 0.07`, `80 %`. */
const numberPattern = /^[+−-]?\d[\d.,]*(?:e[+-]?\d+)?(?:\s?±\s?\d[\d.,]*)?(?:\s?%)?$/i;

/** Whether a value is aligned like a number. */
export function isNumber(value: unknown): boolean {
  if (typeof value === 'string') return numberPattern.test(value);
  return typeof value === 'number' || typeof value === 'bigint';
}

/** What stands in a column of numbers where one is missing or has no digits: blank, a dash, `NaN`, `Infinity`, `∞`. */
const placeholderPattern = /^(?:\s*|[–—-]|NaN|[+−-]?(?:Infinity|∞))$/;

/** Whether a text does not keep its column from being aligned like numbers. */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && placeholderPattern.test(value);
}

/** The number that a text begins with which is aligned like one. */
export function leadingNumber(text: string): number {
  return Number.parseFloat(text.replace('−', '-').replaceAll(',', ''));
}

/** The fewest decimals that show every number of the column to six digits, at most six. */
export function commonDecimals(values: readonly unknown[]): number {
  let decimals = 0;
  for (const value of values) {
    if (typeof value !== 'number' || Number.isInteger(value) || !isPlainSize(value)) continue;
    const digits = String(Number(value.toPrecision(significantDigits)));
    if (!digits.includes('e')) decimals = Math.max(decimals, digits.split('.')[1]?.length ?? 0);
  }
  return Math.min(decimals, significantDigits);
}

function isPlainSize(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-4 && size < 1e9);
}

/** A number with the decimals of its column; very small and very large ones keep their size. */
export function numberText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return decimals === 0 ? '-0' : `-${(0).toFixed(decimals)}`;
  if (Number.isInteger(value) && decimals === 0) return String(value);
  if (isPlainSize(value)) return value.toFixed(decimals);
  return Number.isSafeInteger(value) ? String(value) : shortExponent(value);
}

/** `1e-5` and `1.235e-5`: four digits at most. */
function shortExponent(value: number): string {
  return Number(value.toPrecision(4)).toExponential();
}

/** The day alone where the whole column has no time of day. */
export function hasTime(values: readonly unknown[]): boolean {
  return values.some((value) => isDate(value) && value.getTime() % msPerDay !== 0 && isValid(value));
}

/** A date as ISO text in UTC. */
export function dateText(value: Date, withTime: boolean): string {
  if (!isValid(value)) return 'Invalid Date';
  const [day = '', time = ''] = value.toISOString().split('T');
  return withTime ? `${day} ${time.replace(/(\.000)?Z$/, '')}` : day;
}

export function isValid(value: Date): boolean {
  return !Number.isNaN(value.getTime());
}

/** Where texts of numbers meet in a column: the digits before their point, and after it with the point. */
export function pointOf(text: string): { before: number; after: number } {
  const whole = /^[^\d]*\d*/.exec(text)?.[0] ?? text;
  return /\d/.test(whole)
    ? { before: whole.length, after: text.length - whole.length }
    : { before: text.length, after: 0 };
}
