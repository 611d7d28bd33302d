import {
  concat,
  div,
  expandDims,
  greater,
  matMul,
  norm,
  onesLike,
  squeeze,
  stack,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  unstack,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { ArgumentError } from '../../core/check.ts';

/** What is left of a vector that depends on those before it is shorter than this share of it. */
const DEPENDENT = 1e-5;

/** `x` without its parts along `known`, taken away twice: once leaves rounding errors behind. */
function without(x: Tensor, known: Tensor | undefined): Tensor {
  if (!known) return x;
  const once = (v: Tensor): Tensor => sub(v, matMul(matMul(v, known, false, true), known));
  return once(once(x));
}

/** `x` of length 1, or 0 where it is not to be told from rounding errors of `original`. */
function unit(x: Tensor, original: Tensor): Tensor {
  const isNew = greater(norm(x), DEPENDENT * norm(original).dataSync()[0]!);
  const safe = where(isNew, x, onesLike(x));
  return where(isNew, div(safe, norm(safe)), zerosLike(x));
}

function vectorsOf(xs: Tensor2D | readonly Tensor1D[]): Tensor[] {
  const vectors: readonly Tensor[] = Array.isArray(xs) ? xs : unstack(xs as Tensor2D, 0);
  const size = vectors[0]?.shape[0];
  const where = 'linalg.gramSchmidt';
  if (size === undefined) throw new ArgumentError(where, 'xs', 'an empty list', 'one vector or more');
  const other = vectors.find((one) => one.shape[0] !== size);
  if (other) {
    const allowed = `of vectors of one length, ${size}: Non-unique lengths`;
    throw new ArgumentError(where, 'xs', `one of ${other.shape[0]}`, allowed);
  }
  if (vectors.length > size) {
    const received = `Number of vectors (${vectors.length}) exceeds number of dimensions (${size})`;
    throw new ArgumentError(where, 'xs', received, 'no more vectors than they have dimensions');
  }
  return [...vectors];
}

/**
 * Vectors made orthonormal, one after the other.
 *
 * A vector that depends on those before it becomes 0.
 *
 * @param xs [n, d], the vectors its rows, or a list of n vectors of d numbers, n ≤ d
 * @returns the orthonormal vectors, in the form of xs
 * @throws ArgumentError when there is no vector, or they are too many or not of one length
 *
 * @example
 * tf.linalg.gramSchmidt(tf.tensor2d([[3, 4], [0, 5]])); // [[0.6, 0.8], [−0.8, 0.6]]
 *
 * @see Giraud, Langou & Rozložník, "The Loss of Orthogonality in the Gram–Schmidt Orthogonalization Process",
 * Computers & Mathematics with Applications 50, 2005
 */
export function gramSchmidt(xs: Tensor2D | Tensor1D[]): Tensor2D | Tensor1D[] {
  return tidy(() => {
    const rows: Tensor[] = [];
    for (const vector of vectorsOf(xs)) {
      const row = expandDims(vector, 0);
      rows.push(unit(without(row, rows.length > 0 ? concat(rows, 0) : undefined), row));
    }
    const units = rows.map((row) => squeeze(row, [0]) as Tensor1D);
    return Array.isArray(xs) ? units : (stack(units, 0) as Tensor2D);
  });
}
