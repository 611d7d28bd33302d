import { reshape, Tensor, tidy } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../../core/check.ts';
import { checkF, isVector, numbersOf, readVector, type Vector } from './arguments.ts';
import { jacobianByDifferences } from './differences.ts';
import { jacobianMatrix } from './jacobians.ts';
import { leavesOf } from './leaves.ts';

const DOUBLE = 2 ** -52;

/**
 * The matrix of first derivatives of a function of several values: `J[i, j] = ∂fᵢ/∂xⱼ`.
 *
 * For tensors exact up to rounding, by rows, or by columns where `f` has many more values than x has entries; for
 * functions of numbers central differences.
 *
 * @param f a function of x that gives a tensor, or of a Float64Array that gives an array of numbers
 * @param x the place: one tensor of float32, or an array of numbers
 * @returns for a tensor a tensor of the shape `[...f(x).shape, ...x.shape]`; for numbers a row for each value
 * @throws ArgumentError when x is anything else, or f gives something else
 *
 * @example
 * optimizers.jacobian((x: tf.Tensor) => x.square(), tf.tensor([1, 2])); // [[2, 0], [0, 4]]
 */
export function jacobian(f: (x: Tensor) => Tensor, x: Tensor): Tensor;
export function jacobian(f: (x: Float64Array) => Vector, x: Vector): Float64Array[];
export function jacobian(f: unknown, x: unknown): Tensor | Float64Array[] {
  checkF('jacobian', f);
  if (isVector(x)) return plainJacobian(f as (x: Float64Array) => Vector, numbersOf('jacobian', 'x', x));
  leavesOf('jacobian', 'x', x);
  if (!(x instanceof Tensor)) throw new ArgumentError('jacobian', 'x', 'a tree of tensors', 'one tensor');
  return tidy(() => {
    const value = (): Tensor => checkTensor((f as (x: Tensor) => unknown)(x));
    const { shape, size } = tidy(value);
    return reshape(jacobianMatrix(value, [x], size), [...shape, ...x.shape]);
  });
}

function checkTensor(value: unknown): Tensor {
  if (value instanceof Tensor && value.size > 0) return value;
  throw new ArgumentError('jacobian', 'f', describe(value), 'a function that returns a tensor');
}

function plainJacobian(f: (x: Float64Array) => Vector, x: Float64Array): Float64Array[] {
  const first: unknown = f(x.slice());
  const rows = isVector(first) ? first.length : 0;
  if (rows === 0) {
    const allowed = 'a function that returns an array of numbers';
    throw new ArgumentError('jacobian', 'f', describe(first), allowed);
  }
  const value = (at: Float64Array): Float64Array => {
    const out = new Float64Array(rows);
    readVector('jacobian', 'f', f(at), out);
    return out;
  };
  const columns = jacobianByDifferences(value, x, rows, { precision: DOUBLE });
  return Array.from({ length: rows }, (_, i) => x.map((_, j) => columns[j * rows + i]!));
}
