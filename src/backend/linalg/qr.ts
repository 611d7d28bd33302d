import {
  add,
  concat,
  customGrad,
  type GradSaveFunc,
  neg,
  slice,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { blank } from '../../core/linalg/columns.ts';
import { decompose } from '../../core/linalg/householder.ts';
import { adjoint, lower, onDiagonal, product, upper } from './algebra.ts';
import { matricesOf, matrixArgument, Stack } from './batches.ts';
import { withGradient } from './several.ts';

const compute =
  (isFull: boolean) =>
  (x: Tensor): Tensor[] => {
    const { batch, rows, columns, count, at } = matricesOf('linalg.qr', x);
    const width = isFull ? rows : Math.min(rows, columns);
    const [q, r] = [new Stack(batch, rows, width), new Stack(batch, width, columns)];
    for (let k = 0; k < count; k++) {
      const matrix = at(k);
      q.put(k, decompose(matrix, rows, width));
      r.put(k, matrix);
    }
    return [q.tensor(), r.tensor()];
  };

/** The inverses of upper triangular matrices; a column of a 0 on the diagonal becomes infinite or NaN. */
const inverseUpper: (r: Tensor) => Tensor = customGrad((...args) => {
  const [r, save] = args as [Tensor, GradSaveFunc];
  const { batch, rows: n, count, at } = matricesOf('linalg.qr', r);
  const inverses = new Stack(batch, n, n);
  for (let k = 0; k < count; k++) {
    const columns = at(k);
    const result = blank(n, n, 1);
    for (const column of result) {
      for (let i = n - 1; i >= 0; i--) {
        column[i]! /= columns[i]![i]!;
        for (let above = 0; above < i; above++) column[above]! -= columns[i]![above]! * column[i]!;
      }
    }
    inverses.put(k, result);
  }
  const value = inverses.tensor();
  save([value]);
  return { value, gradFunc: (dy, [saved]) => neg(product(adjoint(saved!), dy, adjoint(saved!))) };
});

/** (dQ + Q·copyltu(R·dRᵀ − dQᵀ·Q))·R⁻ᵀ, for a square R. */
function ofSquare(q: Tensor, r: Tensor, dq: Tensor, dr: Tensor): Tensor {
  const m = add(product(r, adjoint(dr)), neg(product(adjoint(dq), q)));
  const below = lower(m);
  const mirrored = add(below, neg(onDiagonal(m)));
  const copied = add(below, adjoint(mirrored));
  return product(add(dq, product(q, copied)), adjoint(inverseUpper(r)));
}

const columnsOf = (x: Tensor, begin: number, size: number): Tensor =>
  slice(x, [...x.shape.slice(0, -1).map(() => 0), begin], [...x.shape.slice(0, -1), size]);

/** Of a wide matrix the first columns decide Q, and the others are Q·(the rest of R). */
function gradient([dq, dr]: Tensor[], [q, r]: Tensor[], x: Tensor): Tensor {
  const [m, n] = x.shape.slice(-2) as [number, number];
  if (m >= n) return ofSquare(q!, r!, dq!, upper(dr!));
  const rest = columnsOf(x, m, n - m);
  const dRest = columnsOf(dr!, m, n - m);
  const all = add(dq!, product(rest, adjoint(dRest)));
  const first = ofSquare(q!, columnsOf(r!, 0, m), all, upper(columnsOf(dr!, 0, m)));
  return concat([first, product(q!, dRest)], -1);
}

function refuse(): never {
  throw new Error(
    'linalg.qr: with fullMatrices the columns of Q beyond those of x are not determined by x, and have no gradient',
  );
}

/**
 * The decomposition of matrices into orthonormal columns and a triangle: `x = Q·R`.
 *
 * Computed in double precision, for any rank and shape; the results are float32. The gradient needs the first
 * min(m, n) columns of x to be independent.
 *
 * @param x [..., m, n]
 * @param fullMatrices whether Q is [..., m, m] and R [..., m, n]; false by default, [..., m, k] and [..., k, n] with
 * k = min(m, n)
 * @returns `[q, r]`
 * @throws ArgumentError when x is no matrix or holds NaN or an infinity
 *
 * @example
 * const [q, r] = tf.linalg.qr(tf.tensor2d([[3, 1], [4, 2]])); // r[0][0] = −5
 *
 * @see Golub & Van Loan, "Matrix Computations", 4th edition, section 5.2; Walter, Lehmann & Lamour, "On Evaluating
 * Higher-Order Derivatives of the QR Decomposition of Tall Matrices", 2012 (gradient)
 */
export function qr(x: Tensor, fullMatrices = false): [Tensor, Tensor] {
  return tidy(() => {
    const matrices = matrixArgument('linalg.qr', x);
    const [m, n] = matrices.shape.slice(-2) as [number, number];
    const isFull = fullMatrices && m > n;
    return withGradient(matrices, compute(isFull), isFull ? refuse : gradient) as [Tensor, Tensor];
  });
}
