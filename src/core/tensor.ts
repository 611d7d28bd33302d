import { cast, type DataType, Tensor, tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from './check.ts';
import './fallback.ts';
import type { TensorLike } from './types.ts';

const ALLOWED = 'a tensor, a typed array or nested arrays of numbers';

function isTypedArray(value: unknown): value is Exclude<ArrayBufferView & ArrayLike<number>, DataView> {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView) &&
    !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array)
  );
}

/** The sizes along the first entries, as numpy reads nested lists. */
function inferShape(value: unknown): number[] {
  const shape: number[] = [];
  let entry: unknown = value;
  while (Array.isArray(entry) || isTypedArray(entry)) {
    shape.push(entry.length);
    entry = entry[0];
  }
  return shape;
}

/** Appends the numbers of `value` to `out`; false where the value is ragged or not numeric. */
function flattenInto(out: number[], value: unknown, shape: readonly number[], depth: number): boolean {
  if (depth === shape.length) {
    if (typeof value !== 'number' && typeof value !== 'boolean') return false;
    out.push(Number(value));
    return true;
  }
  if (!(Array.isArray(value) || isTypedArray(value)) || value.length !== shape[depth]) return false;
  for (let i = 0; i < value.length; i++) {
    if (!flattenInto(out, value[i], shape, depth + 1)) return false;
  }
  return true;
}

/** The same numbers in memory of their own: on the JavaScript back end clones and what `dataSync` gave share it. */
export const copyOf = (x: Tensor): Tensor => tensor(x.dataSync().slice(), x.shape, x.dtype);

function checkTensor(where: string, argument: string, value: Tensor): void {
  if (value.isDisposed)
    throw new ArgumentError(where, argument, 'a disposed tensor', 'a tensor that still exists');
  if (value.dtype === 'string' || value.dtype === 'complex64') {
    throw new ArgumentError(where, argument, `a tensor of ${value.dtype}`, 'a tensor of numbers');
  }
}

/**
 * The numbers of a tensor argument in order, with their shape; those that are given as doubles stay doubles.
 *
 * @param where the public function, for the error message
 * @param argument the argument's name, for the error message
 * @throws ArgumentError for a disposed tensor, for ragged arrays and for anything that holds no numbers
 */
export function numbersOf(
  where: string,
  argument: string,
  value: TensorLike,
): { values: ArrayLike<number>; shape: number[] } {
  if (value instanceof Tensor) {
    checkTensor(where, argument, value);
    return { values: value.dataSync(), shape: value.shape };
  }
  if (isTypedArray(value)) return { values: value, shape: [value.length] };
  const shape = inferShape(value);
  const values: number[] = [];
  if (!flattenInto(values, value, shape, 0))
    throw new ArgumentError(where, argument, describe(value), ALLOWED);
  return { values, shape };
}

/**
 * Turns a tensor argument into a tensor of `dtype`, through which gradients flow.
 *
 * @param where the public function, for the error message
 * @param argument the argument's name, for the error message
 * @throws ArgumentError for a disposed tensor, for ragged arrays and for anything that holds no numbers
 */
export function toTensor(
  where: string,
  argument: string,
  value: TensorLike,
  dtype: Extract<DataType, 'float32' | 'int32'> = 'float32',
): Tensor {
  if (value instanceof Tensor) {
    checkTensor(where, argument, value);
    return value.dtype === dtype ? value : cast(value, dtype);
  }
  const { values, shape } = numbersOf(where, argument, value);
  return tensor(Array.from(values), shape, dtype);
}
