import { types } from 'node:util';
import { isDate, isList, messageOf, plainText, readMethod, tensorShape } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';
import { dataRows, dataSource, tensorValues } from './data.ts';

/**
 * A copy of a spec that is valid JSON. Typed arrays and tensors become arrays, columns become rows; NaN and Infinity
 * become null, which Vega-Lite leaves out of scales and lines. Dates become ISO text in data and
 * milliseconds elsewhere.
 */
export function plainSpec(spec: unknown): Plain {
  const own = readMethod(spec, 'toSpec')?.() ?? spec;
  const copy = isObject(own) && !isList(own) ? copyValue(own, [], []) : own;
  if (!isPlain(copy)) {
    throw new TypeError(`vegaLite: the spec is ${plainText(own)}; allowed is a Vega-Lite spec object`);
  }
  return copy;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function copyValue(value: unknown, path: readonly string[], ancestors: readonly object[]): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`vegaLite: ${path.join('.')} is a ${typeof value}; a spec is plain data`);
  }
  if (!isObject(value)) return value;
  if (ancestors.includes(value)) throw new TypeError(`vegaLite: ${path.join('.')} refers back to itself`);
  if (isDate(value)) return copyDate(value, path);
  const under = [...ancestors, value];
  const shape = tensorShape(value);
  if (shape) return copyValue(nested(tensorValues(value, path.join('.')), shape), path, under);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<unknown>, (item) => copyValue(item, path, under));
  }
  if (isList(value)) {
    return value.map((item, index) => copyRow(item, path) ?? copyValue(item, [...path, `${index}`], under));
  }
  return copyObject(value, path, under);
}

/** A copy of an ordinary row of text, numbers, truth values and dates, which most of the data is made of. */
function copyRow(row: unknown, path: readonly string[]): Plain | undefined {
  if (
    !isObject(row) ||
    types.isProxy(row) ||
    Object.getPrototypeOf(row) !== Object.prototype ||
    'toJSON' in row
  ) {
    return undefined;
  }
  try {
    const copy: Plain = { ...row };
    for (const key of Object.keys(copy)) {
      const value = copy[key];
      if (typeof value === 'number') {
        if (!Number.isFinite(value)) copy[key] = null;
      } else if (isDate(value)) copy[key] = copyDate(value, path);
      else if (typeof value !== 'string' && typeof value !== 'boolean' && value !== null) return undefined;
    }
    return copy;
  } catch {
    // A getter that throws: the message is to name it.
    return undefined;
  }
}

function copyObject(value: object, path: readonly string[], under: readonly object[]): Plain {
  const own = readMethod(value, 'toJSON')?.();
  if (isObject(own) && own !== value) return copyObject(own, path, under);
  const copy: Plain = {};
  for (const key of Object.keys(value)) {
    const member = readOwn(value, key, path);
    if (member !== undefined) copy[key] = copyMember(member, [...path, key], under);
  }
  return copy;
}

function copyMember(member: unknown, path: readonly string[], under: readonly object[]): unknown {
  if (isSource(path)) {
    const json = readMethod(member, 'toJSON')?.();
    const source = dataSource(isObject(json) ? json : member, path);
    return isObject(source) ? copyObject(source, path, under) : source;
  }
  return copyValue(path.at(-2) === 'datasets' ? dataRows(member, path.join('.')) : member, path, under);
}

function readOwn(value: object, key: string, path: readonly string[]): unknown {
  try {
    return (value as Plain)[key];
  } catch (error) {
    throw new TypeError(`vegaLite: ${[...path, key].join('.')} cannot be read: ${messageOf(error)}`);
  }
}

function copyDate(value: Date, path: readonly string[]): string | number | null {
  if (Number.isNaN(value.getTime())) return null;
  return path.includes('values') || path.includes('datasets') ? value.toISOString() : value.getTime();
}

const elsewhere = ['values', 'datasets', 'encoding', 'config', 'usermeta'];

/** Whether a place in a spec is a data source: `data` of a view, or what a lookup reads from. */
function isSource(path: readonly string[]): boolean {
  return path.at(-1) === 'data' && !path.some((key) => elsewhere.includes(key));
}

/** Lists within lists, as in a spec written by hand. */
function nested(values: ArrayLike<unknown>, [size, ...inner]: readonly number[], from = 0): unknown {
  if (size === undefined) return values[from];
  const stride = inner.reduce((product, length) => product * length, 1);
  return Array.from({ length: size }, (_, index) => nested(values, inner, from + index * stride));
}
