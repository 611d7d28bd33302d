import { ArgumentError, checkChoice, checkNumber, checkOptions, describe } from '../../core/check.ts';
import type { Settings } from './settings.ts';
import type { Bound, Method } from './types.ts';

/** The options as they come, of whatever method. */
export interface AnyOptions {
  method?: unknown;
  tolerance?: unknown;
  functionTolerance?: unknown;
  stepTolerance?: unknown;
  maxIterations?: unknown;
  maxEvaluations?: unknown;
  callback?: unknown;
  gradient?: unknown;
  hessianVectorProduct?: unknown;
  jacobian?: unknown;
  memory?: unknown;
  bounds?: unknown;
}

const SHARED = [
  'method',
  'tolerance',
  'functionTolerance',
  'stepTolerance',
  'maxIterations',
  'maxEvaluations',
  'callback',
];
/** What each method takes beyond what all take. */
const OWN: Record<Method, readonly string[]> = {
  lbfgs: ['gradient', 'memory', 'bounds'],
  bfgs: ['gradient'],
  'newton-cg': ['gradient', 'hessianVectorProduct'],
  'levenberg-marquardt': ['jacobian'],
  'gauss-newton': ['jacobian'],
};
const METHODS = Object.keys(OWN) as Method[];
const ALL = [...new Set([...SHARED, ...Object.values(OWN).flat()])];

/** The method, where all options are such as it takes. */
export function checkMethod(options: AnyOptions): Method {
  checkOptions('minimize', options, ALL);
  const method = checkChoice('minimize', 'method', options.method ?? 'lbfgs', METHODS);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || SHARED.includes(name) || OWN[method].includes(name)) continue;
    const takers = METHODS.filter((each) => OWN[each].includes(name)).map((each) => `'${each}'`);
    const allowed = `left out for the method '${method}'; it is for ${takers.join(' and ')}`;
    throw new ArgumentError('minimize', name, describe(value), allowed);
  }
  return method;
}

/** The tolerances and limits; `callback` is the caller's part. */
export function checkSettings(
  options: AnyOptions,
  defaults: { tolerance: number; stepTolerance: number },
): Omit<Settings, 'callback'> {
  const number = (
    name: keyof AnyOptions,
    fallback: number,
    range: { min: number; integer?: boolean },
  ): number => (options[name] === undefined ? fallback : checkNumber('minimize', name, options[name], range));
  return {
    tolerance: number('tolerance', defaults.tolerance, { min: 0 }),
    functionTolerance: number('functionTolerance', 0, { min: 0 }),
    stepTolerance: number('stepTolerance', defaults.stepTolerance, { min: 0 }),
    maxIterations: number('maxIterations', 1000, { min: 0, integer: true }),
    maxEvaluations: number('maxEvaluations', Infinity, { min: 1, integer: true }),
  };
}

const isBound = (pair: unknown): pair is Bound =>
  Array.isArray(pair) && pair.length === 2 && Number(pair[0]) === pair[0] && Number(pair[1]) === pair[1];

/** A pair for each of `size` coordinates, or undefined if there are none. */
export function checkBounds(given: unknown, size: number): Bound[] | undefined {
  if (given === undefined) return undefined;
  const pairs: readonly unknown[] = Array.isArray(given) ? given : [];
  const bounds = isBound(given) ? new Array<Bound>(size).fill(given) : pairs;
  if (bounds.length !== size) {
    const allowed = `one pair [low, high], or one for each of ${size} coordinates`;
    const received = Array.isArray(given) ? `an array of ${given.length}` : describe(given);
    throw new ArgumentError('minimize', 'bounds', received, allowed);
  }
  return bounds.map((pair, i) => {
    if (isBound(pair) && pair[0] <= pair[1]) return pair;
    throw new ArgumentError('minimize', `bounds[${i}]`, describe(pair), 'two numbers, the smaller first');
  });
}
