import { isDate, isList, messageOf, plainText, readMember, readMethod } from '../inspect.ts';

/** A JSON object. */
export type Plain = Record<string, unknown>;

/** Whether a value of a plain spec is an object with keys. */
export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !isList(value);
}

/**
 * A copy of a spec that is valid JSON. Typed arrays become arrays and columns become rows; NaN and Infinity
 * become null, which Vega-Lite leaves out of scales and lines. Dates become ISO text in data and
 * milliseconds elsewhere.
 */
export function plainSpec(spec: unknown): Plain {
  const own = readMethod(spec, 'toSpec')?.() ?? spec;
  const copy = isObject(own) && !isList(own) ? copyValue(own, [], []) : own;
  if (!isPlain(copy)) {
    throw new TypeError(`vegaLite: the spec is ${plainText(own)}; allowed is a Vega-Lite spec object`);
  }
  return isList(copy.data) ? { ...copy, data: { values: copy.data } } : copy;
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
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<unknown>, (item) => copyValue(item, path, under));
  }
  if (isList(value)) return value.map((item, index) => copyValue(item, [...path, `${index}`], under));
  if (isDataHolder(path)) return copyData(value, path, under);
  if (isBareColumns(value, path)) return { values: copyData(value, [...path, 'values'], under) };
  return copyObject(value, path, under);
}

function copyObject(value: object, path: readonly string[], under: readonly object[]): Plain {
  const own = readMethod(value, 'toJSON')?.();
  if (isObject(own) && own !== value) return copyObject(own, path, under);
  const copy: Plain = {};
  for (const key of Object.keys(value)) {
    const member = readOwn(value, key, path);
    if (member !== undefined) copy[key] = copyValue(member, [...path, key], under);
  }
  return copy;
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

/** `data: { x, y }` with lists for members: columns without the `values` around them. */
function isBareColumns(value: object, path: readonly string[]): boolean {
  const names = path.at(-1) === 'data' ? Object.keys(value) : [];
  if (names.length === 0 || names.includes('values')) return false;
  return names.every((name) => listLength(readOwn(value, name, path)) !== undefined);
}

/** `data.values` and the members of `datasets` may be columns. */
function isDataHolder(path: readonly string[]): boolean {
  return (path.at(-1) === 'values' && path.at(-2) === 'data') || path.at(-2) === 'datasets';
}

function copyData(value: object, path: readonly string[], under: readonly object[]): unknown {
  const names = Object.keys(value);
  const columns = names.map((name) => readOwn(value, name, path));
  const lengths = columns.map((column) => listLength(column));
  if (names.length === 0 || lengths.includes(undefined)) return copyObject(value, path, under);
  if (new Set(lengths).size > 1) {
    const sizes = names.map((name, index) => `${name} has ${lengths[index]}`).join(', ');
    throw new RangeError(`vegaLite: the columns of ${path.join('.')} differ in length: ${sizes}`);
  }
  const plain = columns.map((column) => copyValue(column, path, under) as unknown[]);
  return Array.from({ length: lengths[0] ?? 0 }, (_, row) =>
    Object.fromEntries(names.map((name, index) => [name, plain[index]?.[row]])),
  );
}

function listLength(value: unknown): number | undefined {
  if (!isList(value) && !ArrayBuffer.isView(value)) return undefined;
  return readMember(value, 'length') as number | undefined;
}
