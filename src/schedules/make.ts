import { ArgumentError, checkNumber, checkOptions, describe, type Range } from '../core/check.ts';
import { describeSchedule } from '../core/described.ts';
import type { Schedule } from '../core/types.ts';

/** What an option may be: a number of a range, or true or false. */
type Allowed = Range | 'boolean';

/** Any value that a schedule can take. */
export const ANY: Range = {};
/** A number of steps. */
export const STEPS: Range = { min: 0, exclusiveMin: true };
/** The base of a power. */
export const POSITIVE: Range = { min: 0, exclusiveMin: true };

/** Returns the options, each of them checked; one that is left out has its default. */
export function checkAll<O extends object>(
  where: string,
  options: O,
  allowed: { readonly [K in keyof O]-?: Allowed },
  defaults: Partial<O> = {},
): { [K in keyof O]-?: Exclude<O[K], undefined> } {
  const names = Object.keys(allowed) as (keyof O & string)[];
  checkOptions(where, options, names);
  const checked = names.map((name) => {
    const value: unknown = options[name] ?? defaults[name];
    return [name, checkOne(where, name, value, allowed[name])] as const;
  });
  return Object.fromEntries(checked) as { [K in keyof O]-?: Exclude<O[K], undefined> };
}

function checkOne(where: string, name: string, value: unknown, allowed: Allowed): number | boolean {
  if (allowed !== 'boolean') return checkNumber(where, name, value, allowed);
  if (typeof value === 'boolean') return value;
  throw new ArgumentError(where, name, describe(value), 'true or false');
}

/** A schedule of that name: `at` is only asked for finite steps of at least 0. */
export function makeSchedule(
  name: string,
  options: Readonly<Record<string, unknown>>,
  horizon: number,
  at: (step: number) => number,
): Schedule {
  const schedule = (step: number): number => at(checkNumber(name, 'step', step, { min: 0 }));
  return describeSchedule(schedule, { name, options, horizon });
}
