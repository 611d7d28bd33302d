import { isA, isList, shortText } from '../inspect.ts';

/** Numbers with their shape. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: ArrayLike<number>;
}

/** Whether a value is a list of numbers alone: a typed array, or an array of numbers and booleans. */
export const isNumbers = (value: unknown): value is ArrayLike<number> =>
  (ArrayBuffer.isView(value) && !isA(value, DataView)) || (isList(value) && value.every(isNumeric));
const isNumeric = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean';

/** The numbers of arrays in arrays, which must be of equal length; throws a TypeError that names the place. */
export function nestedNumbers(value: unknown[]): Numbers {
  const shape: number[] = [];
  let entry: unknown = value;
  while (isList(entry) || isNumbers(entry)) {
    shape.push(entry.length);
    entry = entry[0];
  }
  if (entry !== undefined && !isNumeric(entry)) {
    throw new TypeError(`image: the arrays hold ${shortText(entry, 60)}; allowed are numbers and booleans`);
  }
  const values = new Float64Array(shape.reduce((product, length) => product * length, 1));
  const path: number[] = [];
  let at = 0;
  const add = (item: unknown, depth: number): void => {
    if (depth === shape.length && isNumeric(item)) {
      values[at++] = Number(item);
    } else if (depth < shape.length && (isList(item) || isNumbers(item)) && item.length === shape[depth]) {
      for (let i = 0; i < item.length; i++) {
        path[depth] = i;
        add(item[i], depth + 1);
      }
    } else {
      const place = path.slice(0, depth).map((index) => `[${index}]`);
      const wanted = depth === shape.length ? 'a number' : `an array of ${shape[depth]}, as the first one is`;
      throw new TypeError(`image: x${place.join('')} is ${shortText(item, 40)}; it must be ${wanted}`);
    }
  };
  add(value, 0);
  return { shape, dtype: typeof entry === 'boolean' ? 'bool' : 'number', values };
}
