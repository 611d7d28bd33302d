import { reshape, stack, Tensor, tidy } from '@tensorflow/tfjs-core';
import { ArgumentError } from '../../core/check.ts';
import { checkF, checkScalar, isVector, numbersOf, type Vector } from './arguments.ts';
import { unit } from './gradients.ts';
import { plainProduct, type SecondDerivativeOptions } from './hessianVectorProduct.ts';
import { leavesOf } from './leaves.ts';
import { secondDerivative } from './second.ts';

/**
 * The matrix of second derivatives of `f` at `x`: `H[i, j] = ∂²f/∂xᵢ∂xⱼ`.
 *
 * For tensors exact up to rounding; where an operation of `f` has no second derivative, and for functions of numbers,
 * central differences of gradients, made symmetric. It costs as many gradients of gradients as x has entries;
 * `hessianVectorProduct` costs one.
 *
 * @param f a function of x that gives a scalar tensor, or of a Float64Array that gives a number
 * @param x the place: one tensor of float32, or an array of numbers
 * @param options for functions of numbers: `gradient`, which makes the result more precise
 * @returns for a tensor a tensor of the shape of x twice, `[...x.shape, ...x.shape]`; for numbers the rows
 * @throws ArgumentError when x is anything else, or f gives something else
 *
 * @example
 * optimizers.hessian((x: tf.Tensor) => x.prod(), tf.tensor([2, 3])); // [[0, 1], [1, 0]]
 */
export function hessian(f: (x: Tensor) => Tensor, x: Tensor): Tensor;
export function hessian(
  f: (x: Float64Array) => number,
  x: Vector,
  options?: SecondDerivativeOptions,
): Float64Array[];
export function hessian(
  f: unknown,
  x: unknown,
  options: SecondDerivativeOptions = {},
): Tensor | Float64Array[] {
  checkF('hessian', f);
  if (isVector(x))
    return plainHessian(f as (x: Float64Array) => number, numbersOf('hessian', 'x', x), options);
  leavesOf('hessian', 'x', x);
  if (!(x instanceof Tensor)) throw new ArgumentError('hessian', 'x', 'a tree of tensors', 'one tensor');
  return tidy(() => {
    const value = ([at]: Tensor[]): Tensor => checkScalar('hessian', (f as (x: Tensor) => Tensor)(at!));
    const row = (i: number): Tensor =>
      tidy(() => secondDerivative(value, [x], [reshape(unit(i, x.size), x.shape)])[0]!);
    return reshape(stack(Array.from({ length: x.size }, (_, i) => row(i))), [...x.shape, ...x.shape]);
  });
}

function plainHessian(
  f: (x: Float64Array) => number,
  x: Float64Array,
  options: SecondDerivativeOptions,
): Float64Array[] {
  const rows = Array.from(x, (_, i) => {
    const unit = new Float64Array(x.length);
    unit[i] = 1;
    return plainProduct('hessian', f, x, unit, options);
  });
  return rows.map((row, i) => row.map((value, j) => (value + rows[j]![i]!) / 2));
}
