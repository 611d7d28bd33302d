import { checkNumber } from '../core/check.ts';
import { random } from '../core/random.ts';
import type { Matrix } from './data.ts';

/** How the samples are divided for cross-validation. */
export interface FoldOptions {
  /** How many parts, each of which is predicted by models of the others, at least 2; 5 by default. */
  folds?: number | undefined;
  /** Shuffles the samples before, an integer in [0, 2³² − 1]; without it the parts are as the samples come. */
  seed?: number | undefined;
}

/** The samples to train on and those to predict. */
interface Fold {
  readonly train: number[];
  readonly test: number[];
}

/** The parts of `rows` samples; the first have one sample more where they are not equal. */
export function foldsOf(where: string, rows: number, { folds = 5, seed }: FoldOptions): Fold[] {
  checkNumber(where, 'folds', folds, { min: 2, max: rows, integer: true });
  const order = Array.from({ length: rows }, (_, i) => i);
  if (seed !== undefined) random(seed, where).shuffle(order);
  return Array.from({ length: folds }, (_, k) => {
    const size = Math.floor(rows / folds);
    const longer = rows % folds;
    const begin = k * size + Math.min(k, longer);
    const end = begin + size + (k < longer ? 1 : 0);
    return { train: [...order.slice(0, begin), ...order.slice(end)], test: order.slice(begin, end) };
  });
}

/** Some of the values. */
export const pick = (values: Float64Array, rows: readonly number[]): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!);

/** Some rows of a matrix. */
export const pickRows = ({ columns }: Matrix, rows: readonly number[]): Matrix => ({
  rows: rows.length,
  columns: columns.map((column) => pick(column, rows)),
});
