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
    if (value.isDisposed)
      throw new ArgumentError(where, argument, 'a disposed tensor', 'a tensor that still exists');
    if (value.dtype === 'string' || value.dtype === 'complex64') {
      throw new ArgumentError(where, argument, `a tensor of ${value.dtype}`, 'a tensor of numbers');
    }
    return value.dtype === dtype ? value : cast(value, dtype);
  }
  if (isTypedArray(value)) return tensor(Array.from(value), [value.length], dtype);
  const shape = inferShape(value);
  const numbers: number[] = [];
  if (!flattenInto(numbers, value, shape, 0)) {
    throw new ArgumentError(where, argument, describe(value), ALLOWED);
  }
  return tensor(numbers, shape, dtype);
}
