import { nearest } from './nearest.ts';

/** Thrown when an argument has the wrong type, shape or range. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
  // Shown with the error otherwise, whose message names it.
  readonly #argument: string;
  readonly #received: string;
  readonly #allowed: string;

  constructor(where: string, argument: string, received: string, allowed: string) {
    super(`${where}: ${argument} must be ${allowed}; received ${received}`);
    this.#argument = argument;
    this.#received = received;
    this.#allowed = allowed;
  }

  /** The name of the argument, such as `yPred` or `options.delta`. */
  get argument(): string {
    return this.#argument;
  }

  /** The same error of another function, which has handed its argument on. */
  of(where: string): ArgumentError {
    return new ArgumentError(where, this.argument, this.#received, this.#allowed);
  }
}

/** What `f` returns; an `ArgumentError` of a function that it calls is said to be of `where`. */
export function checkedFor<T>(where: string, f: () => T): T {
  try {
    return f();
  } catch (error) {
    throw error instanceof ArgumentError ? error.of(where) : error;
  }
}

/** A short, readable form of any value for an error message. */
export function describe(value: unknown, depth = 0): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) {
    if (value.length > 6 || depth > 2) return `an array of ${value.length}`;
    return `[${value.map((item) => describe(item, depth + 1)).join(',')}]`;
  }
  if (value !== null && typeof value === 'object') return `a ${value.constructor?.name ?? 'plain object'}`;
  return String(value);
}

export interface Range {
  min?: number;
  max?: number;
  /** Leave out `min` itself. */
  exclusiveMin?: boolean;
  /** Leave out `max` itself. */
  exclusiveMax?: boolean;
  integer?: boolean;
}

function rangeText({ min, max, exclusiveMin, exclusiveMax, integer }: Range): string {
  const kind = integer ? 'an integer' : 'a finite number';
  if (min !== undefined && max !== undefined) {
    return `${kind} in ${exclusiveMin ? '(' : '['}${min}, ${max}${exclusiveMax ? ')' : ']'}`;
  }
  if (min !== undefined) return `${kind} ${exclusiveMin ? 'above' : 'of at least'} ${min}`;
  if (max !== undefined) return `${kind} ${exclusiveMax ? 'below' : 'of at most'} ${max}`;
  return kind;
}

/** Returns `value` if it is a number in the range, else throws an `ArgumentError`. */
export function checkNumber(where: string, argument: string, value: unknown, range: Range = {}): number {
  const { min = -Infinity, max = Infinity, exclusiveMin = false, exclusiveMax = false, integer } = range;
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (exclusiveMin ? value > min : value >= min) &&
    (exclusiveMax ? value < max : value <= max) &&
    (!integer || Number.isInteger(value));
  if (!fits) throw new ArgumentError(where, argument, describe(value), rangeText(range));
  return value;
}

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** Rejects anything but an interval [low, high] of finite numbers with low < high. */
export function checkInterval(where: string, argument: string, value: unknown): void {
  const [low, high] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : [];
  const fits = typeof low === 'number' && typeof high === 'number' && low < high;
  if (!fits || !Number.isFinite(low) || !Number.isFinite(high)) {
    throw new ArgumentError(where, argument, describe(value), 'two finite numbers, the smaller first');
  }
}

/** Returns `value` if it is one of `choices`, else throws an `ArgumentError`. */
export function checkChoice<T extends string>(
  where: string,
  argument: string,
  value: unknown,
  choices: readonly T[],
): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) {
    throw new ArgumentError(where, argument, describe(value), `one of ${quoted(choices)}`);
  }
  return found;
}

function isPlainObject(value: unknown): value is object {
  if (value === null || typeof value !== 'object') return false;
  // Another realm's objects have a prototype of its own, which has none.
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Rejects anything but an object of `known` options: a misspelt one would be without effect. */
export function checkOptions(where: string, options: unknown, known: readonly string[]): void {
  if (!isPlainObject(options)) {
    throw new ArgumentError(where, 'options', describe(options), `an object with any of ${quoted(known)}`);
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  const hint = meant === undefined ? '' : `; did you mean '${meant}'?`;
  throw new ArgumentError(where, 'options', `'${unknown}'${hint}`, `among ${quoted(known)}`);
}

/** Rejects two shapes that differ; nothing is broadcast. */
export function checkSameShape(
  where: string,
  [nameA, shapeA]: readonly [string, readonly number[]],
  [nameB, shapeB]: readonly [string, readonly number[]],
): void {
  const equal = shapeA.length === shapeB.length && shapeA.every((size, i) => size === shapeB[i]);
  if (!equal) {
    throw new ArgumentError(where, nameB, `[${shapeB}]`, `of the shape of ${nameA}, [${shapeA}]`);
  }
}

/** Returns `axis` counted from 0, so that -1 becomes `rank - 1`. */
export function checkAxis(where: string, axis: unknown, rank: number): number {
  const checked = checkNumber(where, 'axis', axis, { min: -rank, max: rank - 1, integer: true });
  return checked < 0 ? checked + rank : checked;
}
