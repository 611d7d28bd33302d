import { isList, messageOf, readMember, readMethod, shortText } from './inspect.ts';

/** Numbers of a tensor, a typed array, nested arrays or an iterable, in one row; null and undefined are NaN. */
export function numbersOf(data: unknown, where: string): Float64Array {
  const values = arrayOf(data, where);
  if (values) return values instanceof Float64Array ? values : Float64Array.from(values as Iterable<number>);
  if (isList(data)) {
    const flat = flatNumbers(data);
    if (flat) return flat;
  }
  if (!readMethod(data, Symbol.iterator) || typeof data === 'string') {
    throw new TypeError(
      `${where} is ${shortText(data)}; allowed are a tensor, a typed array and lists of numbers`,
    );
  }
  const into: number[] = [];
  collect(data as Iterable<unknown>, where, into, []);
  return Float64Array.from(into);
}

/** Lists of numbers alone are most of what comes, and need no second look. */
function flatNumbers(list: readonly unknown[]): Float64Array | undefined {
  const values = new Float64Array(list.length);
  for (let index = 0; index < list.length; index++) {
    const value = list[index];
    if (typeof value !== 'number') return undefined;
    values[index] = value;
  }
  return values;
}

function collect(
  items: Iterable<unknown>,
  where: string,
  into: number[],
  ancestors: readonly unknown[],
): void {
  let index = 0;
  for (const item of items) {
    const place = `${where}[${index}]`;
    index += 1;
    if (typeof item === 'number') into.push(item);
    else if (item === null || item === undefined) into.push(Number.NaN);
    else if (typeof item === 'bigint' || typeof item === 'boolean') into.push(Number(item));
    else {
      const values = arrayOf(item, place);
      if (values) for (const value of values) into.push(value);
      else if (isList(item) && !ancestors.includes(item)) collect(item, place, into, [...ancestors, item]);
      else throw new TypeError(`${place} is ${shortText(item)}; allowed are numbers`);
    }
  }
}

/** The elements of a tensor or a typed array; undefined for anything else. */
function arrayOf(data: unknown, where: string): Iterable<number> | undefined {
  if (ArrayBuffer.isView(data)) return data instanceof DataView ? undefined : plainNumbers(data);
  const read = readMethod(data, 'dataSync');
  if (!read || !isList(readMember(data, 'shape'))) return undefined;
  const dtype = readMember(data, 'dtype');
  if (dtype === 'string' || dtype === 'complex64') {
    throw new TypeError(`${where} is a tensor of ${dtype}; allowed are numbers`);
  }
  try {
    return plainNumbers(read() as ArrayBufferView);
  } catch (error) {
    throw new TypeError(`${where} cannot be read: ${messageOf(error)}`);
  }
}

function plainNumbers(view: ArrayBufferView): Iterable<number> {
  const isBig = view instanceof BigInt64Array || view instanceof BigUint64Array;
  return isBig ? Array.from(view, Number) : (view as unknown as Iterable<number>);
}

/** Whether a value is a list of some kind: an array, a typed array or a tensor. */
export function isListLike(value: unknown): boolean {
  return isList(value) || ArrayBuffer.isView(value) || isList(readMember(value, 'shape'));
}
