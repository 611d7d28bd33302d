import { conditionOf } from './condition.ts';
import { withFactor } from './factor.ts';
import { transpose } from './ridgeProblem.ts';
import { shortestSolutions, solveLower, solveUpper } from './triangular.ts';

/** Above this the rank may not be full; pivoting takes it for less only from some 1e12 on. */
const DOUBTFUL = 1e8;

/**
 * The w that minimises ‖X·w − y‖² + α‖w‖² for α above 0, for each y.
 *
 * With [√α·I; X] = Q·[R; 0], R·w is the upper part of Qᵀ·[0; y]. Of wide X the transposed is factored: w is then the
 * lower part of Q·[R⁻ᵀ·y; 0].
 */
export function ridgeSolutions(
  columns: readonly Float64Array[],
  rows: number,
  targets: readonly Float64Array[],
  alpha: number,
): Float64Array[] {
  if (columns.length <= rows) {
    return withFactor(columns, rows, targets, alpha, ({ r, targets: reduced }) =>
      reduced.map((target) => solveUpper(r, target.slice())),
    );
  }
  return withFactor(transpose(columns, rows), columns.length, [], alpha, ({ r, makeLower }) => {
    const lower = makeLower();
    return targets.map((target) => lower(solveLower(r, target.slice())));
  });
}

/** The shortest w that minimises ‖X·w − y‖², for each y; the columns are overwritten. */
export function leastSquaresSolutions(
  columns: readonly Float64Array[],
  rows: number,
  targets: readonly Float64Array[],
): Float64Array[] {
  if (columns.length > rows) return shortestSolutions(columns, rows, targets);
  return withFactor(columns, rows, targets, 0, ({ r, targets: reduced }) => {
    const own = reduced.map((target) => target.slice());
    if (conditionOf(r) < DOUBTFUL) return own.map((target) => solveUpper(r, target));
    return shortestSolutions(r, columns.length, own);
  });
}
