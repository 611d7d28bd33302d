import { dot, mean } from './vectors.ts';

/** The means that samples and targets were centred by. */
export interface Centres {
  readonly features: Float64Array;
  readonly targets: Float64Array;
}

function centreOne(column: Float64Array): number {
  const centre = mean(column);
  for (let i = 0; i < column.length; i++) column[i]! -= centre;
  return centre;
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
