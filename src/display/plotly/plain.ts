import { isA, isDate, isList, messageOf, readMethod, tensorShape } from '../inspect.ts';
import type { Plain } from '../plain.ts';

/**
 * Plain data of a part of a figure: dates as text in local time, as Plotly shows them, big integers as numbers,
 * Maps as objects, Sets as lists, tensors as (nested) lists. Typed arrays of numbers stay as they are; numbers that
 * are none become null later. Throws a TypeError with the path for what cannot be in a figure.
 */
export function plainValue(value: unknown, path: string, above: readonly unknown[] = []): unknown {
  switch (typeof value) {
    case 'function':
      throw new TypeError(`plotly: ${path} is a function; allowed is data, since a figure is sent as JSON`);
    case 'symbol':
      throw new TypeError(
        `plotly: ${path} is ${String(value)}; allowed is data, since a figure is sent as JSON`,
      );
    case 'bigint':
      return Number(value);
    case 'object':
      return value === null ? null : plainObject(value, path, above);
    default:
      return value;
  }
}

function plainObject(value: object, path: string, above: readonly unknown[]): unknown {
  if (above.includes(value)) throw new TypeError(`plotly: ${path} contains itself; allowed are trees`);
  const inside = [...above, value];
  if (isDate(value)) return localTime(value);
  const shape = tensorShape(value);
  if (shape) return tensorLists(value, shape, path);
  if (ArrayBuffer.isView(value)) return isNumeric(value) ? value : typedList(value, path);
  if (isList(value)) return plainList(value, path, inside);
  if (isA(value, Map)) return members(Object.fromEntries(value), path, inside);
  const toJson = readMethod(value, 'toJSON');
  if (toJson) return plainValue(own(toJson, path), path, inside);
  if (readMethod(value, Symbol.iterator)) return plainList([...(value as Iterable<unknown>)], path, inside);
  return members(value, path, inside);
}

function own(toJson: () => unknown, path: string): unknown {
  try {
    return toJson();
  } catch (error) {
    throw new TypeError(`plotly: ${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function members(value: object, path: string, inside: readonly unknown[]): Plain {
  const plain: Plain = {};
  for (const key of Object.keys(value)) {
    let member: unknown;
    try {
      member = (value as Plain)[key];
    } catch (error) {
      throw new TypeError(`plotly: ${path}.${key} cannot be read: ${messageOf(error)}`, { cause: error });
    }
    if (member !== undefined) plain[key] = plainValue(member, path === '' ? key : `${path}.${key}`, inside);
  }
  return plain;
}

function plainList(list: readonly unknown[], path: string, inside: readonly unknown[]): unknown[] {
  const plain = new Array<unknown>(list.length);
  for (let at = 0; at < list.length; at++) {
    const value = list[at];
    const isSimple = typeof value === 'number' || typeof value === 'string' || value === null;
    plain[at] = isSimple ? value : value === undefined ? null : plainValue(value, `${path}[${at}]`, inside);
  }
  return plain;
}

/** Float16 and whatever else is to come count as numbers too. */
function isNumeric(view: ArrayBufferView): boolean {
  return !(view instanceof DataView || view instanceof BigInt64Array || view instanceof BigUint64Array);
}

function typedList(view: ArrayBufferView, path: string): number[] {
  if (view instanceof DataView)
    throw new TypeError(`plotly: ${path} is a DataView; allowed are lists, typed arrays and tensors`);
  return Array.from(view as unknown as BigInt64Array, Number);
}

function tensorLists(tensor: object, shape: readonly number[], path: string): unknown {
  const values = own(readMethod(tensor, 'dataSync') ?? (() => []), path) as ArrayLike<unknown>;
  if (shape.length === 0) return values[0];
  if (shape.length === 1) return values;
  const slice = (at: number, [size = 0, ...rest]: readonly number[]): unknown => {
    const stride = rest.reduce((product, one) => product * one, 1);
    if (rest.length === 0) {
      const typed = values as Float32Array;
      return ArrayBuffer.isView(values)
        ? typed.subarray(at, at + size)
        : Array.from(values).slice(at, at + size);
    }
    return Array.from({ length: size }, (_, index) => slice(at + index * stride, rest));
  };
  return slice(0, shape);
}

/** `2024-01-31 09:30:00`, in local time: Plotly shows dates as they are written. */
function localTime(date: Date): string | null {
  if (Number.isNaN(date.getTime())) return null;
  const two = (value: number, width = 2): string => String(value).padStart(width, '0');
  const day = `${two(date.getFullYear(), 4)}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const milliseconds = date.getMilliseconds();
  return `${day} ${time}${milliseconds === 0 ? '' : `.${two(milliseconds, 3)}`}`;
}

/** What JSON can hold: typed arrays as lists, numbers that are none as null, which leaves a gap. */
export function jsonValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Float32Array) return Array.from(value, shortest);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Float64Array, finite);
  if (Array.isArray(value)) return value.map(jsonValue);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, jsonValue(member)]));
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The shortest decimal that is the same 32-bit number: 0.1, not 0.10000000149011612. */
function shortest(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  if (Number.isInteger(value)) return value;
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
