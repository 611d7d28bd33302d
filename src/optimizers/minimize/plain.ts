import { ArgumentError, describe } from '../../core/check.ts';
import { checkValue, readVector, type Vector } from '../derivatives/arguments.ts';
import {
  gradientByDifferences,
  hessianTimesByDifferences,
  jacobianByDifferences,
  TWICE,
} from '../derivatives/differences.ts';
import { DOUBLE, type Objective, type Residuals } from './objective.ts';
import type { Bound } from './types.ts';

/** The error of gradients by differences, relative to the largest on the way: about ε^½. */
const DIFFERENCES = 2 ** -26;

/** What a user gives for a function of numbers. */
export interface PlainFunctions {
  f: (x: Float64Array) => number;
  gradient?: ((x: Float64Array) => Vector) | undefined;
  hessianVectorProduct?: ((x: Float64Array, v: Float64Array) => Vector) | undefined;
  bounds?: readonly Bound[] | undefined;
}

/** A user's function of numbers; it is given arrays of its own, which it may keep. */
export function plainObjective(start: Float64Array, functions: PlainFunctions): Objective {
  const { f, gradient, hessianVectorProduct, bounds } = functions;
  const differences = { precision: DOUBLE, typical: start, bounds };
  let evaluations = 0;
  const valueAt = (x: Float64Array): number => {
    evaluations += 1;
    return checkValue('minimize', f(x));
  };
  const gradientAt = (x: Float64Array, out: Float64Array): void => {
    if (gradient !== undefined) readVector('minimize', 'gradient', gradient(x.slice()), out);
    else gradientByDifferences(valueAt, x, out, differences);
  };
  const coarsely = (x: Float64Array, out: Float64Array): void =>
    gradientByDifferences(valueAt, x, out, { ...differences, precision: TWICE });
  const precision = gradient ? DOUBLE : TWICE;
  return {
    size: start.length,
    precision: DOUBLE,
    gradientPrecision: gradient ? 0 : DIFFERENCES,
    hessianPrecision: hessianVectorProduct ? DOUBLE : precision ** (2 / 3),
    get evaluations() {
      return evaluations;
    },
    evaluate(x, out) {
      const value = valueAt(x.slice());
      if (Number.isFinite(value)) gradientAt(x, out);
      else out.fill(Number.NaN);
      return value;
    },
    hessianTimes(x, _, v, out) {
      if (hessianVectorProduct !== undefined) {
        readVector('minimize', 'hessianVectorProduct', hessianVectorProduct(x.slice(), v.slice()), out);
        return;
      }
      hessianTimesByDifferences(gradient ? gradientAt : coarsely, x, v, out, precision);
    },
  };
}

/** What a user gives for a function of numbers that gives residuals. */
export interface PlainResiduals {
  f: (x: Float64Array) => Vector;
  jacobian?: ((x: Float64Array) => readonly Vector[]) | undefined;
}

/** A user's residuals of numbers. */
export function plainResiduals(start: Float64Array, { f, jacobian }: PlainResiduals): Residuals {
  let evaluations = 0;
  let rows: number | undefined;
  const residuals = (x: Float64Array): Float64Array => {
    evaluations += 1;
    const given: unknown = f(x.slice());
    const length = Array.isArray(given) || ArrayBuffer.isView(given) ? (given as Float64Array).length : 0;
    if (length === 0) {
      const allowed = 'a function that returns an array of residuals for this method';
      throw new ArgumentError('minimize', 'f', describe(given), allowed);
    }
    rows ??= length;
    const out = new Float64Array(rows);
    readVector('minimize', 'f', given, out);
    return out;
  };
  const differences = { precision: DOUBLE, typical: start };
  return {
    size: start.length,
    precision: DOUBLE,
    get evaluations() {
      return evaluations;
    },
    residuals,
    jacobian(x, { length: m }) {
      if (jacobian === undefined) return jacobianByDifferences(residuals, x, m, differences);
      return columnsOf(jacobian(x.slice()), m, start.length);
    },
  };
}

/** The matrix of these rows, column by column. */
function columnsOf(given: readonly Vector[], m: number, n: number): Float64Array {
  if (!Array.isArray(given) || given.length !== m) {
    const allowed = `a function that returns ${m} rows of ${n} numbers`;
    throw new ArgumentError('minimize', 'jacobian', describe(given), allowed);
  }
  const columns = new Float64Array(m * n);
  const row = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    readVector('minimize', 'jacobian', given[i], row);
    for (let j = 0; j < n; j++) columns[j * m + i] = row[j]!;
  }
  return columns;
}
