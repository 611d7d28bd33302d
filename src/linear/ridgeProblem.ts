import { type Bidiagonal, bidiagonalize, solveRidge, toBidiagonal } from './bidiagonal.ts';
import { withFactor } from './factor.ts';
import { applyAll } from './reflections.ts';

/** ‖X·w − y‖² + α‖w‖² over the same X for any α and several y, made small once. */
export interface RidgeProblem {
  readonly square: Bidiagonal;
  /** Uᵀ·y of each target, of the length of `square`. */
  readonly targets: readonly Float64Array[];
  /** The w of a solution of the square problem. */
  expand(solution: Float64Array): Float64Array;
  /** Columns L with X = L·B·Vᵀ. */
  left(): Float64Array[];
}

/** The rows of a matrix as columns. */
export const transpose = (columns: readonly Float64Array[], rows: number): Float64Array[] =>
  Array.from({ length: rows }, (_, i) => Float64Array.from(columns, (column) => column[i]!));

/**
 * Makes the problem one of the smaller of its two sizes: X = Q·R of tall data, X = Rᵀ·Qᵀ of wide data, whose w = Q·z
 * is as long as z. Where R has no inverse some columns of Q are not orthonormal: R multiplies them by 0.
 */
export function ridgeProblem(
  columns: readonly Float64Array[],
  rows: number,
  targets: readonly Float64Array[],
): RidgeProblem {
  const isWide = columns.length > rows;
  const [size, length] = isWide ? [rows, columns.length] : [columns.length, rows];
  const given = isWide ? transpose(columns, rows) : columns;
  return withFactor(given, length, isWide ? [] : targets, 0, (factored) => {
    const { r } = factored;
    const square = bidiagonalize(isWide ? transpose(r, size) : r.map((column) => column.slice()));
    const multiply = factored.makeLower();
    const axis = (k: number): Float64Array => {
      const one = new Float64Array(size);
      one[k] = 1;
      return applyAll(square.left, one);
    };
    return {
      square,
      targets: (isWide ? targets : factored.targets).map((target) => toBidiagonal(square, target)),
      expand: (solution) => (isWide ? multiply(solution) : solution),
      left: () => Array.from({ length: size }, (_, k) => (isWide ? axis(k) : multiply(axis(k)))),
    };
  });
}

/** The solution of each target for α above 0. */
export const solutionsAt = (problem: RidgeProblem, alpha: number): Float64Array[] =>
  problem.targets.map((target) => problem.expand(solveRidge(problem.square, target, alpha)));
