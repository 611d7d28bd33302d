import { dot, sum } from './vectors.ts';

/** The means that samples and targets were centred by. */
export interface Centres {
  readonly features: Float64Array;
  readonly targets: Float64Array;
}

/** Subtracts a number; returns the sum of what is left, and that of its squares. */
function subtract(column: Float64Array, value: number): [sum: number, squares: number] {
  let s0 = 0;
  let s1 = 0;
  let q0 = 0;
  let q1 = 0;
  const end = column.length - (column.length % 2);
  for (let i = 0; i < end; i += 2) {
    const a = column[i]! - value;
    const b = column[i + 1]! - value;
    column[i] = a;
    column[i + 1] = b;
    s0 += a;
    s1 += b;
    q0 += a * a;
    q1 += b * b;
  }
  if (end < column.length) {
    const last = column[end]! - value;
    column[end] = last;
    s0 += last;
    q0 += last * last;
  }
  return [s0 + s1, q0 + q1];
}

/** Beside the size of what is left, so much of a mean does not matter. */
const TINY = 1e-14;

/** The mean is only as exact as a sum: where the values are far from 0 a second one puts it right. */
function centreOne(column: Float64Array): number {
  const first = sum(column) / column.length;
  const [left, squares] = subtract(column, first);
  const rest = left / column.length;
  if (Math.abs(rest) <= TINY * Math.sqrt(squares / column.length)) return first;
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
