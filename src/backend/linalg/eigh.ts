import { add, mul, sub, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { ArgumentError } from '../../core/check.ts';
import { symmetric } from '../../core/linalg/symmetric.ts';
import type { TensorLike } from '../../core/types.ts';
import { adjoint, diagonal, gaps, lower, onDiagonal, product } from './algebra.ts';
import { matricesOf, matrixArgument, Stack } from './batches.ts';
import { withGradient } from './several.ts';

function compute(x: Tensor): Tensor[] {
  const { batch, rows: n, count, at } = matricesOf('linalg.eigh', x);
  const values = new Float32Array(count * n);
  const vectors = new Stack(batch, n, n);
  for (let k = 0; k < count; k++) {
    const columns = at(k);
    // The rows of the lower triangle are the columns of an upper one.
    const rows = columns.map((_, i) => Float64Array.from(columns, (column) => column[i]!));
    const found = symmetric(rows);
    values.set(found.values, k * n);
    vectors.put(k, found.vectors);
  }
  return [tensor(values, [...batch, n], 'float32'), vectors.tensor()];
}

/** V·(diag(de) + F ∘ VᵀdV)·Vᵀ with Fᵢⱼ = 1/(eⱼ − eᵢ), gathered in the lower triangle, which alone is read. */
function gradient([de, dv]: Tensor[], [e, v]: Tensor[]): Tensor {
  const turned = mul(gaps(e!), product(adjoint(v!), dv!));
  const dx = product(v!, add(diagonal(de!), turned), adjoint(v!));
  return sub(lower(add(dx, adjoint(dx))), onDiagonal(dx));
}

/**
 * The eigenvalues and eigenvectors of symmetric matrices: `x = V·diag(e)·Vᵀ`.
 *
 * Only the lower triangle of x is read. Computed in double precision; the results are float32. The gradient is
 * right where the eigenvalues are distinct; the part of it that belongs to eigenvectors of equal eigenvalues,
 * which are not determined, is left out.
 *
 * @param x [..., n, n]
 * @returns `[e, v]` as in TensorFlow: eigenvalues [..., n], the smallest first, and eigenvectors [..., n, n],
 * `v[..., :, i]` that of `e[..., i]`, of length 1 and of either sign
 * @throws ArgumentError when x is not square or holds NaN or an infinity
 *
 * @example
 * const [e, v] = tf.linalg.eigh([[2, 1], [1, 2]]); // e = [1, 3]
 *
 * @see Golub & Van Loan, "Matrix Computations", 4th edition, section 8.3; Giles, "An Extended Collection of Matrix
 * Derivative Results for Forward and Reverse Mode Algorithmic Differentiation", 2008 (gradient)
 */
export function eigh(x: TensorLike): [e: Tensor, v: Tensor] {
  return tidy(() => {
    const matrices = matrixArgument('linalg.eigh', x);
    const [rows, columns] = matrices.shape.slice(-2);
    if (rows !== columns) {
      throw new ArgumentError('linalg.eigh', 'x', `[${matrices.shape}]`, 'square, [..., n, n]');
    }
    return withGradient(matrices, compute, gradient) as [Tensor, Tensor];
  });
}
