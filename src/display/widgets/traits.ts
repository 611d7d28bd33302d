import { isDate, isList, readMember } from '../inspect.ts';
import { isColour } from './colour.ts';

/** The answer of a trait to a value that it does not take. */
export const refused: unique symbol = Symbol('refused');

/** One attribute of a widget: its default, what it takes, and how it travels. */
export interface Trait<V> {
  readonly initial: V;
  /** Makes the default where each widget has one of its own. */
  make?(): V;
  /** What it takes, for messages. */
  readonly allowed: string;
  /** The value to keep, or `refused`. */
  parse(value: unknown): V | typeof refused;
  toJson?(value: V): unknown;
  fromJson?(json: unknown): unknown;
  /** It stays here: the front-end works with other traits that follow from it. */
  readonly isLocal?: boolean;
}

/** The traits of a widget by name, in camel case; on the wire they are in snake case. */
export type Traits = Readonly<Record<string, Trait<unknown>>>;

/** A table of traits for the attributes of `T`. */
export type TraitsOf<T> = { readonly [K in keyof T]-?: Trait<T[K]> };

type Primitive = string | number | boolean;

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function whole(initial: number): Trait<number> {
  const parse = (value: unknown): number | typeof refused =>
    isNumber(value) ? Math.trunc(value) : typeof value === 'bigint' ? Number(value) : refused;
  return { initial, allowed: 'an integer', parse };
}

export function real(initial: number): Trait<number> {
  return { initial, allowed: 'a finite number', parse: (value) => (isNumber(value) ? value : refused) };
}

export function text(initial = ''): Trait<string> {
  return { initial, allowed: 'a string', parse: (value) => (typeof value === 'string' ? value : refused) };
}

/** https://github.com/d3/d3-format#locale_format */
const numberFormat = /^(?:.?[<>=^])?[+\-( ]?[$#]?0?\d*,?(?:\.\d+)?~?[a-z%]?$/i;

/** How a number is written, in the language of d3-format. */
export function format(initial: string): Trait<string> {
  return {
    initial,
    allowed: "a format such as '.2f', '.3g' or 'd'",
    parse: (value) => (typeof value === 'string' && numberFormat.test(value) ? value : refused),
  };
}

export function bool(initial: boolean): Trait<boolean> {
  return {
    initial,
    allowed: 'true or false',
    parse: (value) => (typeof value === 'boolean' ? value : refused),
  };
}

export function oneOf<const V extends Primitive>(initial: V, values: readonly V[]): Trait<V> {
  const allowed = values.map((value) => JSON.stringify(value)).join(', ');
  return {
    initial,
    allowed: allowed.replace(/, ([^,]*)$/, ' or $1'),
    parse: (value) => values.find((one) => one === value) ?? refused,
  };
}

export function colour(initial: string): Trait<string> {
  return {
    initial,
    allowed: "a colour such as 'teal', '#0072b2' or 'rgb(0, 114, 178)'",
    parse: (value) => (typeof value === 'string' && isColour(value) ? value : refused),
  };
}

/** The same, or null; undefined counts as null. */
export function orNull<V>(trait: Trait<V>, initial: V | null = null): Trait<V | null> {
  const { toJson, fromJson } = trait;
  return {
    initial,
    allowed: `${trait.allowed}, or null`,
    parse: (value) => (value === null || value === undefined ? null : trait.parse(value)),
    ...(toJson ? { toJson: (value: V | null) => (value === null ? null : toJson(value)) } : {}),
    ...(fromJson ? { fromJson: (json: unknown) => (json === null ? null : fromJson(json)) } : {}),
  };
}

export function listOf<V>(item: Trait<V>, initial: readonly V[] = []): Trait<readonly V[]> {
  return {
    initial,
    allowed: `an array; of each item: ${item.allowed}`,
    parse: (value) => {
      if (!isList(value)) return refused;
      const items = value.map((one) => item.parse(one));
      return items.includes(refused) ? refused : (items as V[]);
    },
  };
}

export function pairOf(
  item: Trait<number>,
  initial: readonly [number, number],
): Trait<readonly [number, number]> {
  return {
    initial,
    allowed: `[lower, upper], of each: ${item.allowed}`,
    parse: (value) => {
      if (!isList(value) || value.length !== 2) return refused;
      const [lower, upper] = value.map((one) => item.parse(one));
      return typeof lower === 'number' && typeof upper === 'number' ? [lower, upper] : refused;
    },
  };
}

/** Bytes, which travel beside the message. */
export function bytes(): Trait<Uint8Array> {
  const parse = (value: unknown): Uint8Array | typeof refused => {
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    if (!ArrayBuffer.isView(value)) return refused;
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  };
  return { initial: new Uint8Array(), allowed: 'a Uint8Array', parse };
}

/** A day. It is a Date at midnight UTC, as `new Date('2026-03-14')` is; text of that form is taken too. */
export function day(): Trait<Date> {
  return {
    initial: new Date(0),
    allowed: "a Date or a string such as '2026-03-14'",
    parse: (value) => {
      const date = typeof value === 'string' ? new Date(value) : value;
      if (!isDate(date) || Number.isNaN(date.getTime())) return refused;
      return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
    },
    toJson: (date) => ({ year: date.getUTCFullYear(), month: date.getUTCMonth(), date: date.getUTCDate() }),
    fromJson: (json) => {
      const [year, month, date] = ['year', 'month', 'date'].map((key) => Number(readMember(json, key)));
      return new Date(Date.UTC(year ?? Number.NaN, month, date));
    },
  };
}

/** Anything, and nothing that travels. */
export function local<V>(initial: V): Trait<V> {
  return { initial, allowed: 'anything', parse: (value) => value as V, isLocal: true };
}
