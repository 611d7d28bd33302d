import { cut, isA, isDate, plainText, readMember, readMethod, shortText } from '../inspect.ts';
import { markupText } from '../markup/text.ts';
import { displayableMarkup, elementMarkup, escapeHtml, valueText } from '../markup/values.ts';
import { displaySymbol } from '../types.ts';
import type { Column } from './columns.ts';
import { UnreadableCell } from './rows.ts';

/** A column whose cells are text, with how it is aligned. */
export interface FormattedColumn {
  readonly name: string;
  readonly isNumeric: boolean;
  readonly text: readonly string[];
  readonly markup: readonly string[];
}

const maxText = 200;
const significantDigits = 6;

/** Format a column: numbers share their decimals, so that they line up. */
export function formatColumn({ name, values }: Column): FormattedColumn {
  const present = values.filter((value) => value !== null && value !== undefined);
  const isNumeric = present.length > 0 && present.every(isNumber);
  const decimals = commonDecimals(values);
  const withTime = values.some((value) => isDate(value) && Math.abs(value.getTime() % 86_400_000) > 0);
  const text = values.map((value) => cellText(value, decimals, withTime));
  const markup = values.map((value, row) => cellMarkup(value, text[row] ?? ''));
  return { name: cut(name, maxText), isNumeric, text, markup };
}

/** Numbers that were formatted beforehand: `12.50`, `−3`, `0.14 ± 0.07`, `80 %`. */
const numberPattern = /^[+−-]?\d[\d.,]*(?:e[+-]?\d+)?(?:\s?±\s?\d[\d.,]*)?(?:\s?%)?$/i;

function isNumber(value: unknown): boolean {
  if (typeof value === 'string') return numberPattern.test(value);
  return typeof value === 'number' || typeof value === 'bigint';
}

/** The fewest decimals that show every number of the column to six digits, at most six. */
function commonDecimals(values: readonly unknown[]): number {
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

function numberText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && decimals === 0) return String(value);
  if (isPlainSize(value)) return value.toFixed(decimals);
  return Number.isSafeInteger(value) ? String(value) : value.toExponential(3);
}

function dateText(value: Date, withTime: boolean): string {
  if (Number.isNaN(value.getTime())) return 'Invalid Date';
  const [day = '', time = ''] = value.toISOString().split('T');
  return withTime ? `${day} ${time.replace(/(\.000)?Z$/, '')}` : day;
}

function cellText(value: unknown, decimals: number, withTime: boolean): string {
  if (typeof value === 'number') return numberText(value, decimals);
  if (typeof value === 'string') return cut(value, maxText);
  if (value === undefined) return '';
  if (typeof value === 'bigint') return String(value);
  if (isDate(value)) return dateText(value, withTime);
  if (isA(value, UnreadableCell)) return `[unreadable: ${cut(value.reason, 60)}]`;
  if (isA(value, Error) || isA(value, URL) || isA(value, RegExp)) return cut(valueText(value), maxText);
  const element = elementMarkup(value);
  if (element !== undefined) return cut(markupText(element), maxText);
  const show = readMethod(value, displaySymbol);
  const plain = show ? readMember(show(), 'text/plain') : undefined;
  return typeof plain === 'string' ? cut(plain, maxText) : shortText(value);
}

function cellMarkup(value: unknown, text: string): string {
  const own = typeof value === 'object' ? displayableMarkup(value) : undefined;
  if (own !== undefined) return own;
  const escaped = escapeHtml(text).replace(/\r?\n/g, '<br>');
  const isQuiet = value === null || isA(value, UnreadableCell) || Number.isNaN(value);
  return isQuiet ? `<span style="opacity:.55">${escaped}</span>` : escaped;
}

/** The text of a cell on one line. */
export function lineText(text: string, width: number): string {
  return cut(
    text.replace(/[\r\n]+/g, '⏎').replace(/\p{Cc}/gu, (control) => plainText(control).slice(1, -1)),
    width,
  );
}
