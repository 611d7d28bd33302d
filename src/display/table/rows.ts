import { isA, isDate, isList, messageOf, readMethod, shortText } from '../inspect.ts';
import { elementMarkup } from '../markup/elements.ts';
import { displaySymbol } from '../types.ts';

/** Takes the place of a cell whose getter threw. */
export class UnreadableCell {
  readonly reason: string;

  constructor(error: unknown) {
    this.reason = messageOf(error);
  }
}

/** Takes the place of a cell that its row does not have. */
export const absent: unique symbol = Symbol('absent');

/** The names of a row's cells, or undefined for a row that is a cell itself. */
export function rowKeys(row: unknown): string[] | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  if (isDate(row) || isA(row, Error) || readMethod(row, displaySymbol) || elementMarkup(row) !== undefined) {
    return undefined;
  }
  if (ArrayBuffer.isView(row)) return Object.keys(Array.from(row as unknown as ArrayLike<unknown>));
  if (isA(row, Map)) return Array.from(row.keys(), keyName);
  try {
    const keys = Object.keys(row);
    return keys.length > 0 || isList(row) || isPlainObject(row) ? keys : undefined;
  } catch {
    return [];
  }
}

/** The cell of a row under one of its names. */
export function readField(row: unknown, name: string): unknown {
  if (isA(row, Map)) {
    if (row.has(name)) return row.get(name);
    const found = [...row].find(([key]) => keyName(key) === name);
    return found ? found[1] : absent;
  }
  if (ArrayBuffer.isView(row)) return readCell(row, name);
  try {
    return Object.hasOwn(row as object, name) ? (row as Record<string, unknown>)[name] : absent;
  } catch (error) {
    return new UnreadableCell(error);
  }
}

/** A name for any key of a Map. */
export function keyName(key: unknown): string {
  return typeof key === 'string' ? key : shortText(key);
}

/** A cell that is its holder's own; a getter that throws gives an UnreadableCell. */
export function readCell(holder: unknown, key: PropertyKey): unknown {
  try {
    return Object.hasOwn(holder as object, key) ? (holder as Record<PropertyKey, unknown>)[key] : undefined;
  } catch (error) {
    return new UnreadableCell(error);
  }
}

/** Whether an object is one of braces; throws what a Proxy's trap throws. */
export function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
