import { ArgumentError, checkNumber, describe } from '../core/check.ts';

/** Rejects anything but true and false. */
export function checkFlag(where: string, argument: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new ArgumentError(where, argument, describe(value), 'true or false');
}

/** When to end what is solved step by step. */
export interface StoppingOptions {
  /** The share of ‖y − ȳ‖² that the duality gap may be, above 0; 1e-8 by default. */
  tolerance?: number | undefined;
  /** At most so many rounds over the features; 10,000 by default. */
  maxIterations?: number | undefined;
}

/** Rejects a tolerance that is not above 0, and a number of iterations that is not a count. */
export function checkStopping(where: string, tolerance: number, maxIterations: number): void {
  checkNumber(where, 'tolerance', tolerance, { min: 0, exclusiveMin: true });
  checkNumber(where, 'maxIterations', maxIterations, { min: 1, integer: true });
}
