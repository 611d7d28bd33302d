import type { Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, checkOptions } from '../../core/check.ts';
import { tidyTree } from '../../core/tree.ts';
import type { Params } from '../../core/types.ts';
import {
  checkF,
  checkFunction,
  checkScalar,
  checkValue,
  isVector,
  numbersOf,
  readVector,
  type Vector,
} from './arguments.ts';
import { gradientByDifferences, hessianTimesByDifferences, TWICE } from './differences.ts';
import { leavesOf, tensorsLike, treeOf } from './leaves.ts';
import { secondDerivative } from './second.ts';

/** Options of `hessianVectorProduct` and `hessian` for functions of numbers. */
export interface SecondDerivativeOptions {
  /** The gradient at x, which makes the result more precise; by default differences of values. */
  gradient?: ((x: Float64Array) => Vector) | undefined;
}

const DOUBLE = 2 ** -52;

/** The product for a function of numbers. */
export function plainProduct(
  where: string,
  f: (x: Float64Array) => number,
  x: Float64Array,
  v: Float64Array,
  options: SecondDerivativeOptions,
): Float64Array {
  checkOptions(where, options, ['gradient']);
  const gradient = checkFunction<(x: Float64Array) => Vector>(where, 'gradient', options.gradient);
  const out = new Float64Array(x.length);
  if (gradient !== undefined) {
    const read = (at: Float64Array, into: Float64Array): void =>
      readVector(where, 'gradient', gradient(at), into);
    hessianTimesByDifferences(read, x, v, out, DOUBLE);
    return out;
  }
  const value = (at: Float64Array): number => checkValue(where, f(at));
  const differences = { precision: TWICE };
  const differ = (at: Float64Array, into: Float64Array): void =>
    gradientByDifferences(value, at, into, differences);
  hessianTimesByDifferences(differ, x, v, out, TWICE);
  return out;
}

/**
 * The product of the Hessian of `f` at `x` and a vector, without the Hessian: `H·v = ∂/∂t ∇f(x + t·v)` at t = 0.
 *
 * For tensors it is the gradient of vᵀ∇f, exact up to rounding; where an operation of `f` has no second derivative, and
 * for functions of numbers, central differences of gradients.
 *
 * @param f a function of x that gives a scalar tensor, or of a Float64Array that gives a number
 * @param x the place: a tensor, a tree of tensors, or an array of numbers
 * @param v the vector, of the structure and the shapes of x
 * @param options for functions of numbers: `gradient`, which makes the result more precise
 * @returns H·v, of the structure and the shapes of x; of numbers a Float64Array
 * @throws ArgumentError when x and v differ in shape, or f gives something else
 *
 * @example
 * const f = (x: tf.Tensor) => x.pow(3).sum();
 * optimizers.hessianVectorProduct(f, tf.tensor([1, 2]), tf.tensor([1, 1])); // [6, 12]
 *
 * @see Pearlmutter, "Fast Exact Multiplication by the Hessian", Neural Computation 6, 1994
 */
export function hessianVectorProduct<P extends Params>(f: (x: P) => Tensor, x: P, v: P): P;
export function hessianVectorProduct(
  f: (x: Float64Array) => number,
  x: Vector,
  v: Vector,
  options?: SecondDerivativeOptions,
): Float64Array;
export function hessianVectorProduct(
  f: unknown,
  x: unknown,
  v: unknown,
  options: SecondDerivativeOptions = {},
): Params | Float64Array {
  const where = 'hessianVectorProduct';
  checkF(where, f);
  if (isVector(x)) {
    const at = numbersOf(where, 'x', x);
    const direction = isVector(v) ? numbersOf(where, 'v', v) : new Float64Array(0);
    if (direction.length !== at.length) {
      throw new ArgumentError(where, 'v', `${direction.length} numbers`, `${at.length} numbers, as x is`);
    }
    return plainProduct(where, f as (x: Float64Array) => number, at, direction, options);
  }
  const leaves = leavesOf(where, 'x', x);
  const vs = tensorsLike(where, 'v', leavesOf(where, 'v', v).tree, 'x', leaves.tree);
  const value = (xs: readonly Tensor[]): Tensor =>
    checkScalar(where, (f as (x: Params) => Tensor)(treeOf(leaves.tree, xs)));
  return tidyTree(() => treeOf(leaves.tree, secondDerivative(value, [...leaves.tensors], vs)));
}
