import { Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, checkNumber, describe } from '../../core/check.ts';

/** Numbers in a row. */
export type Vector = Float64Array | Float32Array | Int32Array | readonly number[];

/** Whether an argument is an array of numbers, not a tree of tensors. */
export const isVector = (x: unknown): x is Vector =>
  x instanceof Float64Array ||
  x instanceof Float32Array ||
  x instanceof Int32Array ||
  (Array.isArray(x) && x.every((value) => typeof value === 'number'));

/** The numbers of an array, checked, in memory of their own. */
export function numbersOf(where: string, argument: string, x: Vector): Float64Array {
  if (x.length === 0) throw new ArgumentError(where, argument, 'an array of 0', 'at least one number');
  return Float64Array.from(x, (value, i) => checkNumber(where, `${argument}[${i}]`, value));
}

/** Copies what a user's function gave for a vector of the length of `out`. */
export function readVector(where: string, argument: string, given: unknown, out: Float64Array): void {
  const isArray = Array.isArray(given) || isVector(given);
  if (!isArray || given.length !== out.length || (Array.isArray(given) && typeof given[0] !== 'number')) {
    const received = isArray ? `an array of ${given.length}` : describe(given);
    throw new ArgumentError(where, argument, received, `a function that returns ${out.length} numbers`);
  }
  out.set(given);
}

/** What a user's function gave, if it is a number. */
export function checkValue(where: string, value: unknown): number {
  if (typeof value === 'number') return value;
  throw new ArgumentError(where, 'f', describe(value), 'a function that returns a number');
}

/** What a user's function gave, if it is a scalar tensor. */
export function checkScalar(where: string, value: unknown): Tensor {
  if (value instanceof Tensor && value.size === 1) return value;
  const received = value instanceof Tensor ? `a tensor of the shape [${value.shape}]` : describe(value);
  throw new ArgumentError(where, 'f', received, 'a function that returns a scalar tensor');
}

/** A function, or undefined if left out. */
export function checkFunction<F>(where: string, name: string, value: unknown): F | undefined {
  if (value === undefined || typeof value === 'function') return value as F | undefined;
  throw new ArgumentError(where, name, describe(value), 'a function');
}

/** The argument f, if it is a function. */
export function checkF(where: string, f: unknown): void {
  if (typeof f !== 'function') throw new ArgumentError(where, 'f', describe(f), 'a function');
}
