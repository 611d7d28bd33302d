import { blank, type Columns, dot, product, transposed } from './columns.ts';
import { decompose } from './householder.ts';

/** Cosines below this are rounding errors. */
const ORTHOGONAL = 1e-15;
/** Some six sweeps do for most matrices; each halves the digits that are wrong. */
const SWEEPS = 60;

/** Turns both columns by the angle of these cosine and sine. */
function turn(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
}

/**
 * Makes columns p and q of `a` orthogonal, `v` turning along; false where they were.
 *
 * @param squares the squared lengths of the columns, kept up to date
 */
function orthogonalize(a: Columns, v: Columns, squares: Float64Array, p: number, q: number): boolean {
  const both = dot(a[p]!, a[q]!);
  const alpha = squares[p]!;
  const beta = squares[q]!;
  if (both === 0 || Math.abs(both) <= ORTHOGONAL * Math.sqrt(alpha * beta)) return false;
  const zeta = (beta - alpha) / (2 * both);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  turn(a[p]!, a[q]!, cosine, cosine * tangent);
  turn(v[p]!, v[q]!, cosine, cosine * tangent);
  squares[p] = Math.max(0, alpha - tangent * both);
  squares[q] = beta + tangent * both;
  return true;
}

export interface Singular {
  /** m × k, or m × m. */
  u: Columns;
  /** From the largest on. */
  s: Float64Array;
  /** n × k, or n × n. */
  v: Columns;
}

/** The columns that are not to be told from 0 replaced by ones orthogonal to the others, and more up to `width`. */
function completed(u: Columns, rank: number, rows: number, width: number): Columns {
  if (rank >= width) return u.slice(0, width);
  const known = u.slice(0, rank);
  const all = decompose(
    known.map((column) => Float64Array.from(column)),
    rows,
    rows,
  );
  return [...known, ...all.slice(rank, width)];
}

/**
 * The singular value decomposition of an m × n matrix with m ≥ n, by one-sided Jacobi rotations, which find
 * small singular values to high relative accuracy.
 *
 * @see Demmel & Veselić, "Jacobi's Method is More Accurate than QR", SIAM Journal on Matrix Analysis 13, 1992
 */
function tall(a: Columns, rows: number, isFull: boolean): Singular {
  const n = a.length;
  const q = rows > n ? decompose(a, rows, n) : undefined;
  if (q) for (const [j, column] of a.entries()) a[j] = column.slice(0, n);
  const v = blank(n, n, 1);
  for (let sweep = 0, moved = true; moved && sweep < SWEEPS; sweep++) {
    moved = false;
    // Anew: updated ones lose the digits of what is small.
    const squares = Float64Array.from(a, (column) => dot(column, column));
    for (let i = 0; i < n - 1; i++) {
      for (let j = i + 1; j < n; j++) moved = orthogonalize(a, v, squares, i, j) || moved;
    }
  }
  const lengths = a.map((column) => Math.sqrt(dot(column, column)));
  const order = lengths.map((_, j) => j).sort((i, j) => lengths[j]! - lengths[i]!);
  const s = Float64Array.from(order, (j) => lengths[j]!);
  const rank = s.findLastIndex((value) => value > s[0]! * Number.EPSILON * rows) + 1;
  const left = order.slice(0, rank).map((j) => a[j]!.map((value) => value / lengths[j]!));
  const u = q ? product(q, left, rows) : left;
  return { u: completed(u, rank, rows, isFull ? rows : n), s, v: order.map((j) => v[j]!) };
}

/**
 * A = U·diag(s)·Vᵀ of an m × n matrix.
 *
 * @param a the columns of A, which are written into
 * @param rows m
 * @param isFull whether U and V are to be square
 */
export function singular(a: Columns, rows: number, isFull: boolean): Singular {
  if (rows >= a.length) return tall(a, rows, isFull);
  const { u, s, v } = tall(transposed(a, rows), a.length, isFull);
  return { u: v, s, v: u };
}
