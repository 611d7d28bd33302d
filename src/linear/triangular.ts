import { Lengths } from './lengths.ts';
import { applyAll, applyTransposed, type Reflection, reflect, reflectionOf } from './reflections.ts';
import { dot, norm } from './vectors.ts';

/** A·P = Q·R by Householder's reflections: Golub & Van Loan, "Matrix Computations", 4th edition, section 5.4. */
interface Triangular {
  readonly reflections: Reflection[];
  /** The columns of R, whose first rows count. */
  readonly r: Float64Array[];
  /** Which column of A each column of R is. */
  readonly order: number[];
}

/** Factors a matrix in place; with `pivots` the diagonal of R falls, and ends where the rank does. */
function triangularize(columns: readonly Float64Array[], rows: number, pivots: boolean): Triangular {
  const r = [...columns];
  const order = r.map((_, j) => j);
  const reflections: Reflection[] = [];
  const tiny = Math.max(rows, r.length) * Number.EPSILON;
  const lengths = pivots ? new Lengths(r) : undefined;
  for (let j = 0; j < Math.min(rows, r.length); j++) {
    if (lengths) {
      const best = lengths.longest(j);
      lengths.swap(j, best);
      [r[j], r[best]] = [r[best]!, r[j]!];
      [order[j], order[best]] = [order[best]!, order[j]!];
      if (norm(r[j]!, j) <= tiny * Math.abs(r[0]![0]!)) break;
    }
    const { mirror, left } = reflectionOf(r[j]!, j);
    for (let k = j + 1; k < r.length; k++) reflect(r[k]!, mirror);
    lengths?.leaveOut(r, j);
    r[j]!.fill(0, j);
    r[j]![j] = left;
    reflections.push(mirror);
  }
  return { reflections, r, order };
}

/** R⁻¹·b for the leading rows and columns of R. */
export function solveUpper(r: readonly Float64Array[], b: Float64Array): Float64Array {
  for (let j = b.length - 1; j >= 0; j--) {
    const column = r[j]!;
    b[j]! /= column[j]!;
    for (let i = 0; i < j; i++) b[i]! -= b[j]! * column[i]!;
  }
  return b;
}

/** R⁻ᵀ·b. */
export function solveLower(r: readonly Float64Array[], b: Float64Array): Float64Array {
  for (let j = 0; j < b.length; j++) {
    const column = r[j]!.subarray(0, j);
    b[j] = (b[j]! - dot(column, b.subarray(0, j))) / r[j]![j]!;
  }
  return b;
}

/**
 * The shortest w that minimises ‖A·w − b‖², for each b; a rank that is not full included.
 *
 * @param columns of A, which are overwritten
 */
export function shortestSolutions(
  columns: readonly Float64Array[],
  rows: number,
  targets: readonly Float64Array[],
): Float64Array[] {
  const { reflections, r, order } = triangularize(columns, rows, true);
  const rank = reflections.length;
  const count = columns.length;
  // Rᵀ has full column rank, and R·w = c is solved by the shortest w with its own factors.
  const transposed = Array.from({ length: rank }, (_, i) =>
    Float64Array.from({ length: count }, (_, j) => (j < i ? 0 : r[j]![i]!)),
  );
  const second = rank < count ? triangularize(transposed, count, false) : undefined;
  return targets.map((target) => {
    const c = applyTransposed(reflections, target.slice()).slice(0, rank);
    const permuted = new Float64Array(count);
    permuted.set(second ? solveLower(second.r, c) : solveUpper(r, c));
    if (second) applyAll(second.reflections, permuted);
    const solution = new Float64Array(count);
    order.forEach((column, j) => {
      solution[column] = permuted[j]!;
    });
    return solution;
  });
}
