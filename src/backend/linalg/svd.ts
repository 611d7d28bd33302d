import { add, mul, square, sub, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { checkOptions } from '../../core/check.ts';
import { singular } from '../../core/linalg/jacobi.ts';
import type { TensorLike } from '../../core/types.ts';
import { adjoint, byColumn, byRow, diagonal, gaps, inverse, product } from './algebra.ts';
import { matricesOf, matrixArgument, Stack } from './batches.ts';
import { withGradient } from './several.ts';

/** Options of `tf.linalg.svd`. */
export interface SvdOptions {
  /** Square U and V, [..., m, m] and [..., n, n]; false by default, [..., m, k] and [..., n, k]. */
  fullMatrices?: boolean | undefined;
  /** Whether U and V are returned; true by default. */
  computeUv?: boolean | undefined;
}

const compute =
  (isFull: boolean) =>
  (x: Tensor): Tensor[] => {
    const { batch, rows, columns, count, at } = matricesOf('linalg.svd', x);
    const k = Math.min(rows, columns);
    const values = new Float32Array(count * k);
    const left = new Stack(batch, rows, isFull ? rows : k);
    const right = new Stack(batch, columns, isFull ? columns : k);
    for (let i = 0; i < count; i++) {
      const { u, s, v } = singular(at(i), rows, isFull);
      values.set(s, i * k);
      left.put(i, u);
      right.put(i, v);
    }
    return [tensor(values, [...batch, k], 'float32'), left.tensor(), right.tensor()];
  };

/** What is left of `x` without its part in the span of the columns of `u`. */
const outside = (u: Tensor, x: Tensor): Tensor => sub(x, product(u, product(adjoint(u), x)));

/**
 * U·(diag(ds) + (F ∘ (UᵀdU − dUᵀU))·S + S·(F ∘ (VᵀdV − dVᵀV)))·Vᵀ + (I − UUᵀ)·dU·S⁻¹·Vᵀ + U·S⁻¹·dVᵀ·(I − VVᵀ)
 * with Fᵢⱼ = 1/(sⱼ² − sᵢ²).
 */
function gradient([ds, du, dv]: Tensor[], [s, u, v]: Tensor[]): Tensor {
  const f = gaps(square(s!));
  const skew = (a: Tensor, da: Tensor): Tensor => {
    const both = product(adjoint(a), da);
    return mul(f, sub(both, adjoint(both)));
  };
  const middle = add(diagonal(ds!), add(byColumn(skew(u!, du!), s!), byRow(skew(v!, dv!), s!)));
  const ofU = byColumn(outside(u!, du!), inverse(s!));
  const ofV = byColumn(outside(v!, dv!), inverse(s!));
  const inner = product(u!, middle, adjoint(v!));
  return add(inner, add(product(ofU, adjoint(v!)), product(u!, adjoint(ofV))));
}

/** The singular values alone: their gradient is U·diag(ds)·Vᵀ, wherever they lie. */
function valuesOf(matrices: Tensor): Tensor {
  return withGradient(
    matrices,
    (x) => compute(false)(x).slice(0, 1),
    ([ds], _, x) => {
      const [, u, v] = withGradient(x, compute(false), gradient) as [Tensor, Tensor, Tensor];
      return product(byColumn(u, ds!), adjoint(v));
    },
  )[0]!;
}

function refuse(): never {
  throw new Error(
    'linalg.svd: with fullMatrices the columns beyond the smaller size are not determined by x, and have no ' +
      'gradient; leave fullMatrices out, or x square',
  );
}

/**
 * The singular value decomposition of matrices: `x = U·diag(s)·Vᵀ`.
 *
 * Computed in double precision, for any rank; the results are float32. The gradient is right where the singular
 * values are distinct and, for U and V of a matrix that is not square, above 0; there is one of every order.
 *
 * @param x [..., m, n]
 * @param options `fullMatrices` (false), `computeUv` (true)
 * @returns `[s, u, v]` as in TensorFlow, with V not transposed: singular values [..., k], the largest first, with
 * k = min(m, n), U [..., m, k] and V [..., n, k], whose columns are orthonormal and, in pairs, of either sign; s
 * alone with `computeUv: false`
 * @throws ArgumentError when x is no matrix or holds NaN or an infinity
 *
 * @example
 * const [s, u, v] = tf.linalg.svd([[3, 0], [4, 5]]); // s = [√45, √5]
 * tf.matMul(tf.mul(u, s), v, false, true); // x
 *
 * @see Demmel & Veselić, "Jacobi's Method is More Accurate than QR", SIAM Journal on Matrix Analysis 13, 1992;
 * Townsend, "Differentiating the Singular Value Decomposition", 2016 (gradient)
 */
export function svd(x: TensorLike, options: SvdOptions & { computeUv: false }): Tensor;
export function svd(x: TensorLike, options?: SvdOptions): [s: Tensor, u: Tensor, v: Tensor];
export function svd(x: TensorLike, options: SvdOptions = {}): Tensor | [s: Tensor, u: Tensor, v: Tensor] {
  checkOptions('linalg.svd', options, ['fullMatrices', 'computeUv']);
  const { fullMatrices = false, computeUv = true } = options;
  return tidy(() => {
    const matrices = matrixArgument('linalg.svd', x);
    if (!computeUv) return valuesOf(matrices);
    const [m, n] = matrices.shape.slice(-2);
    const isFull = fullMatrices && m !== n;
    return withGradient(matrices, compute(isFull), isFull ? refuse : gradient) as [Tensor, Tensor, Tensor];
  });
}
