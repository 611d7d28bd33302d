import { dot, norm } from '../vectors.ts';

/** What a matrix J and a vector b come to: min ‖J·p − b‖ is min ‖R·Pᵀp − q‖. */
export interface Factored {
  readonly size: number;
  /** R, upper triangular, row by row. */
  readonly r: Float64Array;
  /** The original place of each column of R, which are ordered by what they add. */
  readonly order: Int32Array;
  /** q, the first entries of Qᵀb. */
  readonly q: Float64Array;
}

/**
 * QR with column pivoting by Householder reflections (Golub & Van Loan 2013, algorithm 5.4.1).
 *
 * @param columns J column by column, with as many rows as `b` has, at least `size`; it is overwritten
 * @param b overwritten
 */
export function factor(columns: Float64Array, size: number, b: Float64Array): Factored {
  const rows = b.length;
  const column = Array.from({ length: size }, (_, j) => columns.subarray(j * rows, (j + 1) * rows));
  const order = Int32Array.from({ length: size }, (_, j) => j);
  const r = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const at = largestFrom(column, k);
    [column[k], column[at]] = [column[at]!, column[k]!];
    [order[k], order[at]] = [order[at]!, order[k]!];
    for (let i = 0; i < k; i++) {
      // The rows of R that are finished move with their columns.
      const [left, right] = [r[i * size + k]!, r[i * size + at]!];
      r[i * size + k] = right;
      r[i * size + at] = left;
    }
    const v = column[k]!.subarray(k);
    const length = norm(v);
    if (length === 0) continue;
    const diagonal = v[0]! > 0 ? -length : length;
    v[0]! -= diagonal;
    const square = dot(v, v);
    r[k * size + k] = diagonal;
    for (let j = k + 1; j < size; j++) {
      reflect(column[j]!.subarray(k), v, square);
      r[k * size + j] = column[j]![k]!;
    }
    reflect(b.subarray(k), v, square);
  }
  return { size, r, order, q: b.slice(0, size) };
}

/** Which of the columns from `k` on is the longest below row `k`. */
function largestFrom(column: readonly Float64Array[], k: number): number {
  let [best, most] = [k, -1];
  for (let j = k; j < column.length; j++) {
    const length = norm(column[j]!.subarray(k));
    if (length > most) [best, most] = [j, length];
  }
  return best;
}

/** x ← x − 2·v·vᵀx/vᵀv */
function reflect(x: Float64Array, v: Float64Array, square: number): void {
  const factor = (2 * dot(x, v)) / square;
  for (let i = 0; i < x.length; i++) x[i]! -= factor * v[i]!;
}
