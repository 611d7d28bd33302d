import { ArgumentError, checkNumber, describe } from '../core/check.ts';
import type { SparseProblem } from './sparse.ts';
import { dot } from './vectors.ts';

/** Which penalties to solve for. */
export interface GridOptions {
  /** The penalties themselves, or how many; 100 by default. */
  alphas?: number | readonly number[] | undefined;
  /** The smallest penalty as a share of the largest, in (0, 1); 1e-3 by default, of a ridge regression 1e-6. */
  epsilon?: number | undefined;
}

/** Penalties of a caller's, largest first. */
export function checkAlphas(
  where: string,
  alphas: unknown,
  allowed = 'a list of finite numbers above 0',
): number[] {
  const fits = (alpha: unknown): alpha is number => Number.isFinite(alpha) && (alpha as number) > 0;
  if (!Array.isArray(alphas) || alphas.length === 0 || !alphas.every(fits)) {
    throw new ArgumentError(where, 'alphas', describe(alphas), allowed);
  }
  return [...alphas].sort((a, b) => b - a);
}

const COUNT_OR_LIST = 'a count, or a list of finite numbers above 0';

const checkEpsilon = (where: string, epsilon: unknown): number =>
  checkNumber(where, 'epsilon', epsilon, { min: 0, max: 1, exclusiveMin: true, exclusiveMax: true });

/** `count` numbers from `high` down to `epsilon`·`high`, evenly spaced in their logarithm. */
function logarithmic(high: number, epsilon: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => high * epsilon ** (count === 1 ? 0 : i / (count - 1)));
}

/**
 * The penalties of a ridge regression, largest first: at the largest of a grid every direction of X is shrunk to less
 * than 1%, as σ²/(σ² + α) with α = 100·‖X‖² ≥ 100·σ².
 *
 * @param columns of X, centred where there is an intercept
 */
export function ridgeGrid(
  where: string,
  { alphas = 100, epsilon = 1e-6 }: GridOptions,
  columns: readonly Float64Array[],
): number[] {
  checkEpsilon(where, epsilon);
  if (typeof alphas !== 'number') return checkAlphas(where, alphas, COUNT_OR_LIST);
  checkNumber(where, 'alphas', alphas, { min: 1, integer: true });
  const squares = columns.reduce((sum, column) => sum + dot(column, column), 0);
  if (squares === 0) {
    throw new ArgumentError(
      where,
      'x',
      'features that do not vary',
      'samples that differ, or given with a list of alphas',
    );
  }
  return logarithmic(100 * squares, epsilon, alphas);
}

/** The penalties to solve for, largest first: at the largest of a grid every coefficient becomes 0. */
export function alphaGrid(
  where: string,
  { alphas = 100, epsilon = 1e-3 }: GridOptions,
  l1Ratio: number,
  { columns, y }: SparseProblem,
): number[] {
  checkEpsilon(where, epsilon);
  if (typeof alphas !== 'number') return checkAlphas(where, alphas, COUNT_OR_LIST);
  checkNumber(where, 'alphas', alphas, { min: 1, integer: true });
  const slopes = Array.from({ length: columns.count }, (_, j) => Math.abs(dot(columns.column(j), y)));
  const steepest = slopes.reduce((most, slope) => Math.max(most, slope), 0);
  if (steepest === 0) {
    throw new ArgumentError(where, 'y', 'targets that no feature explains', 'correlated with a feature');
  }
  return logarithmic(steepest / (y.length * l1Ratio), epsilon, alphas);
}
