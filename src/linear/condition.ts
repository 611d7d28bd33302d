import { solveLower, solveUpper } from './triangular.ts';

const sumOfSizes = (values: Float64Array): number => values.reduce((sum, value) => sum + Math.abs(value), 0);

/** Some steps do; a matrix for which they do not is one made up for it. */
const STEPS = 5;

/**
 * ‖R‖₁·‖R⁻¹‖₁ of a triangular matrix, or a little less; not a finite number for one without an inverse.
 *
 * @param r its columns
 * @see Hager, "Condition Estimates", SIAM Journal on Scientific and Statistical Computing 5, 1984
 */
export function conditionOf(r: readonly Float64Array[]): number {
  const size = r.length;
  const largest = r.reduce((most, column) => Math.max(most, sumOfSizes(column)), 0);
  let x = new Float64Array(size).fill(1 / size);
  let inverse = 0;
  for (let step = 0; step < STEPS; step++) {
    const y = solveUpper(r, x.slice());
    inverse = sumOfSizes(y);
    const slopes = solveLower(
      r,
      y.map((value) => (value < 0 ? -1 : 1)),
    );
    const sizes = slopes.map(Math.abs);
    const steepest = sizes.reduce((most, value) => Math.max(most, value), 0);
    const reached = slopes.reduce((sum, slope, i) => sum + slope * x[i]!, 0);
    if (!(steepest > reached)) break;
    x = new Float64Array(size);
    x[sizes.indexOf(steepest)] = 1;
  }
  return largest * inverse;
}
