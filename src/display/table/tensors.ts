import { isList, messageOf, readMember, readMethod } from '../inspect.ts';
import type { TableSource } from './source.ts';

/** Whether a value is a tensor, of whatever library. */
export function isTensor(value: unknown): value is object {
  return isList(readMember(value, 'shape')) && readMethod(value, 'arraySync') !== undefined;
}

/** The rows of a tensor of up to two dimensions; its columns are numbered. */
export function tensorSource(tensor: object): TableSource {
  const shape = shapeOf(tensor);
  if (shape.length > 2) {
    throw new RangeError(
      `table: the tensor has shape [${shape.join(', ')}]; allowed are 0, 1 or 2 dimensions`,
    );
  }
  const values = elements(tensor);
  const [rowCount = 1, width = 1] = shape;
  const dtype = readMember(tensor, 'dtype');
  const names = shape.length === 2 ? Array.from({ length: width }, (_, index) => `${index}`) : ['value'];
  const columns = new Map(names.map((name, index) => [name, index]));
  return {
    rowCount,
    columns: () => names,
    cell: (row, name) => values(row * width + (columns.get(name) ?? 0)),
    ...(typeof dtype === 'string' ? { type: () => dtype } : {}),
  };
}

/** The rows of a tensor as a column: single values of one dimension, lists of more. */
export function tensorList(tensor: object): ArrayLike<unknown> {
  const shape = shapeOf(tensor);
  if (shape.length > 1) return reading(() => readMethod(tensor, 'arraySync')?.()) as unknown[];
  const values = elements(tensor);
  return Array.from({ length: shape[0] ?? 1 }, (_, index) => values(index));
}

function shapeOf(tensor: object): readonly number[] {
  return readMember(tensor, 'shape') as number[];
}

/** The elements in row-major order; numbers of a boolean tensor become booleans. */
function elements(tensor: object): (index: number) => unknown {
  const read = readMethod(tensor, 'dataSync');
  const flat = reading(() => (read ? read() : [readMethod(tensor, 'arraySync')?.()].flat(2)));
  const isBoolean = readMember(tensor, 'dtype') === 'bool';
  const values = flat as ArrayLike<unknown>;
  return (index) => (isBoolean ? Boolean(values[index]) : values[index]);
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new TypeError(`table: the tensor cannot be read: ${messageOf(error)}`);
  }
}
