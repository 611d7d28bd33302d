import { checkNumber } from '../core/check.ts';

/** Returns the share of an average that stays from step to step, checked to be in [0, 1). */
export const checkDecay = (where: string, name: string, value: unknown): number =>
  checkNumber(where, name, value, { min: 0, max: 1, exclusiveMax: true });

/** What a decaying average that began with 0 is to be divided by after that many steps. */
export const correction = (decay: number, steps: number): number => 1 - decay ** steps;
