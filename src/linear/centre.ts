import { dot, norm, sum } from './vectors.ts';

/** The means that samples and targets were centred by. */
export interface Centres {
  readonly features: Float64Array;
  readonly targets: Float64Array;
}

function subtract(column: Float64Array, value: number): void {
  for (let i = 0; i < column.length; i++) column[i]! -= value;
}

/** Beside the size of what is left, so much of a mean does not matter. */
const TINY = 1e-14;

/** The mean is only as exact as a sum: where the values are far from 0 a second one puts it right. */
function centreOne(column: Float64Array): number {
  const first = sum(column) / column.length;
  subtract(column, first);
  const rest = sum(column) / column.length;
  if (Math.abs(rest) * Math.sqrt(column.length) <= TINY * norm(column)) return first;
  subtract(column, rest);
  return first + rest;
}

/** Subtracts the mean of each column in place, if the model has an intercept. */
export function centre(
  columns: readonly Float64Array[],
  targets: readonly Float64Array[],
  fitIntercept: boolean,
): Centres {
  const one = fitIntercept ? centreOne : () => 0;
  return { features: Float64Array.from(columns, one), targets: Float64Array.from(targets, one) };
}

/** The intercept that goes with a solution of the centred problem: ȳ − x̄·w. */
export const interceptOf = ({ features, targets }: Centres, solution: Float64Array, target = 0): number =>
  targets[target]! - dot(features, solution);
