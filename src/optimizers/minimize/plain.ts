import { ArgumentError, describe } from '../../core/check.ts';
import { gradientByDifferences, hessianTimesByDifferences } from '../derivatives/differences.ts';
import { DOUBLE, type Objective } from './objective.ts';
import type { Bound, Vector } from './types.ts';

/** Copies what a user's function gave for a vector of the length of `out`. */
export function readVector(argument: string, given: unknown, out: Float64Array): void {
  const isVector = Array.isArray(given) || given instanceof Float64Array || given instanceof Float32Array;
  if (!isVector || given.length !== out.length || (Array.isArray(given) && typeof given[0] !== 'number')) {
    const received = isVector ? `an array of ${given.length}` : describe(given);
    throw new ArgumentError('minimize', argument, received, `a function that returns ${out.length} numbers`);
  }
  out.set(given);
}

/** What a user gives for a function of numbers. */
export interface PlainFunctions {
  f: (x: Float64Array) => number;
  gradient?: ((x: Float64Array) => Vector) | undefined;
  hessianVectorProduct?: ((x: Float64Array, v: Float64Array) => Vector) | undefined;
  bounds?: readonly Bound[] | undefined;
}

/** A user's function of numbers; it is given arrays of its own, which it may keep. */
export function plainObjective(size: number, functions: PlainFunctions): Objective {
  const { f, gradient, hessianVectorProduct, bounds } = functions;
  let evaluations = 0;
  const valueAt = (x: Float64Array): number => {
    evaluations += 1;
    const value: unknown = f(x);
    if (typeof value === 'number') return value;
    throw new ArgumentError('minimize', 'f', describe(value), 'a function that returns a number');
  };
  const gradientAt = (x: Float64Array, out: Float64Array): void => {
    if (gradient !== undefined) readVector('gradient', gradient(x.slice()), out);
    else gradientByDifferences(valueAt, x, out, DOUBLE, bounds);
  };
  return {
    size,
    precision: DOUBLE,
    hessianPrecision: hessianVectorProduct ? DOUBLE : DOUBLE ** (gradient ? 2 / 3 : 1 / 3),
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
      if (hessianVectorProduct === undefined) hessianTimesByDifferences(gradientAt, x, v, out, DOUBLE);
      else readVector('hessianVectorProduct', hessianVectorProduct(x.slice(), v.slice()), out);
    },
  };
}
