import { type Bidiagonal, bidiagonalize, solveRidge, toBidiagonal } from './bidiagonal.ts';
import { applyAll, applyTransposed } from './reflections.ts';
import { triangularize } from './triangular.ts';

/** ‖X·w − y‖² + α‖w‖² over the same X for any α and several y, made small once. */
export interface RidgeProblem {
  readonly square: Bidiagonal;
  /** Uᵀ·y of each target, of the length of `square`. */
  readonly targets: readonly Float64Array[];
  /** The w of a solution of the square problem. */
  expand(solution: Float64Array): Float64Array;
  /** The orthonormal columns that X·V·B⁻¹ has. */
  left(): Float64Array[];
}

/** The rows of a matrix as columns. */
export const transpose = (columns: readonly Float64Array[], rows: number): Float64Array[] =>
  Array.from({ length: rows }, (_, i) => Float64Array.from(columns, (column) => column[i]!));

/** The leading square of R. */
const leading = (r: readonly Float64Array[], size: number): Float64Array[] =>
  r.slice(0, size).map((column) => column.slice(0, size));

function padded(solution: Float64Array, length: number): Float64Array {
  const result = new Float64Array(length);
  result.set(solution);
  return result;
}

/**
 * Makes the problem one of the smaller of its two sizes: X = Q·R of tall data, X = Rᵀ·Qᵀ of wide data, whose
 * w = Q·z is as long as z.
 *
 * @param columns of X, which are overwritten
 */
export function ridgeProblem(
  columns: readonly Float64Array[],
  rows: number,
  targets: readonly Float64Array[],
): RidgeProblem {
  const count = columns.length;
  const isWide = count > rows;
  const { reflections, r } = triangularize(
    isWide ? transpose(columns, rows) : columns,
    Math.max(rows, count),
    false,
  );
  const size = Math.min(rows, count);
  const square = bidiagonalize(isWide ? transpose(leading(r, size), size) : leading(r, size));
  const reduced = isWide
    ? targets
    : targets.map((target) => applyTransposed(reflections, target.slice()).slice(0, size));
  const axis = (k: number): Float64Array => {
    const one = new Float64Array(size);
    one[k] = 1;
    return applyAll(square.left, one);
  };
  return {
    square,
    targets: reduced.map((target) => toBidiagonal(square, target)),
    expand: (solution) => (isWide ? applyAll(reflections, padded(solution, count)) : solution),
    left: () =>
      Array.from({ length: size }, (_, k) => {
        const column = axis(k);
        return isWide ? column : applyAll(reflections, padded(column, rows));
      }),
  };
}

/** The solution of each target for α above 0. */
export const solutionsAt = (problem: RidgeProblem, alpha: number): Float64Array[] =>
  problem.targets.map((target) => problem.expand(solveRidge(problem.square, target, alpha)));
