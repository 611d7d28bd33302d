import { cut, isA, isDate, plainText, readMember, readMethod, shortText } from '../inspect.ts';
import { elementMarkup } from '../markup/elements.ts';
import { markupText } from '../markup/text.ts';
import { displayableMarkup, escapeHtml, valueText } from '../markup/values.ts';
import { displaySymbol } from '../types.ts';
import type { Column } from './content.ts';
import {
  commonDecimals,
  dateText,
  hasTime,
  isNumber,
  isPlaceholder,
  numberText,
  pointOf,
} from './numbers.ts';
import { ranksOf } from './ranks.ts';
import { absent, UnreadableCell } from './rows.ts';
import { typeOf } from './types.ts';

/** A cell that was formatted. */
export interface Cell {
  readonly text: string;
  readonly markup: string;
  /** The whole text of one that was cut. */
  readonly whole?: string;
}

/** A column whose cells are text, with how it is aligned. */
export interface FormattedColumn {
  readonly name: string;
  readonly type: string;
  readonly isNumeric: boolean;
  readonly cells: readonly Cell[];
  /** Where each cell comes when the column is sorted; undefined for what is missing. */
  readonly ranks: readonly (number | undefined)[];
}

const maxText = 100;
const maxWhole = 2000;
/** As wide as a digit, and as a point: browsers fold ordinary blanks. */
const figureSpace = '\u2007';
const pointSpace = '\u2008';

/** Format a column: numbers share their decimals, so that their points are under each other. */
export function formatColumn(column: Column): FormattedColumn {
  const { name, values } = column;
  const present = values.filter((value) => value !== null && value !== undefined && value !== absent);
  const isNumeric =
    present.some(isNumber) && present.every((value) => isNumber(value) || isPlaceholder(value));
  const decimals = commonDecimals(values);
  const withTime = hasTime(values);
  const whole = values.map((value) => cellText(value, decimals, withTime));
  const aligned = isNumeric ? alignPoints(whole, values) : whole;
  const cells = values.map((value, row) => formatCell(value, aligned[row] ?? ''));
  return {
    name: cut(name, maxText),
    type: column.type ?? typeOf(present),
    isNumeric,
    cells,
    ranks: ranksOf(values, whole),
  };
}

function formatCell(value: unknown, whole: string): Cell {
  const text = cut(whole, maxText);
  const markup = cellMarkup(value, text);
  return text === whole || typeof value !== 'string' ? { text, markup } : { text, markup, whole };
}

/** Numbers with an exponent or fewer decimals than others get blanks after them. */
function alignPoints(texts: readonly string[], values: readonly unknown[]): readonly string[] {
  const isPoint = (row: number): boolean => typeof values[row] === 'number' && Number.isFinite(values[row]);
  let most = 0;
  for (const [row, text] of texts.entries()) if (isPoint(row)) most = Math.max(most, pointOf(text).after);
  if (most === 0) return texts;
  return texts.map((text, row) => (isPoint(row) ? text + blanks(most - pointOf(text).after, most) : text));
}

function blanks(count: number, most: number): string {
  return count === most ? pointSpace + figureSpace.repeat(most - 1) : figureSpace.repeat(count);
}

function cellText(value: unknown, decimals: number, withTime: boolean): string {
  if (typeof value === 'number') return numberText(value, decimals);
  if (typeof value === 'string') return value.length > maxWhole ? `${value.slice(0, maxWhole)}…` : value;
  if (value === absent) return '';
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
  const escaped = escapeHtml(text);
  const isMissing = value === null || value === undefined || Number.isNaN(value);
  return isMissing || isA(value, UnreadableCell) ? `<span style="opacity:.55">${escaped}</span>` : escaped;
}

/** The text of a cell on one line. */
export function lineText(text: string): string {
  return text
    .replace(/[\u2007\u2008]/g, ' ')
    .replace(/[\r\n]+/g, '⏎')
    .replace(/\p{Cc}/gu, (control) => plainText(control).slice(1, -1));
}
