import { checkNumber } from '../core/check.ts';

/** Options of every initializer that draws numbers. */
export interface SeedOptions {
  /** An integer in [0, 2³² − 1]; without it each call draws other numbers. */
  seed?: number | undefined;
}

/** The seed as tfjs's initializers take it. */
export function checkSeed(where: string, seed: number | undefined): { seed?: number } {
  if (seed === undefined) return {};
  return { seed: checkNumber(where, 'seed', seed, { min: 0, max: 0xffffffff, integer: true }) };
}
