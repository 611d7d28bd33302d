import { describe } from './check.ts';
import { scheduleDescription } from './described.ts';

/** What an object of the toolkit is, for whatever shows it: `display` reads it under this symbol. */
export const descriptionSymbol: unique symbol = Symbol.for('descent.description');

const inspectSymbol: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/** The name and the options that something was made with. */
export interface Description {
  readonly kind: 'transform' | 'dataset' | 'loss';
  readonly name: string;
  /** By name; or in order, where they are given so. */
  readonly options: Readonly<Record<string, unknown>> | readonly unknown[];
  /** What it is made of, in order. */
  readonly parts?: readonly unknown[];
  /** Its formula, as in its documentation. */
  readonly formula?: string;
  /** The names of what it is called with. */
  readonly parameters?: readonly string[];
}

/**
 * Lets an object say what it is. Nothing of it shows in its keys, in JSON or in a copy.
 *
 * @param value the object, which is returned
 * @param description what it is
 */
export function described<T extends object>(value: T, description: Description): T {
  Object.defineProperty(value, descriptionSymbol, { value: description, configurable: true });
  if (description.kind !== 'transform') return value;
  return Object.defineProperty(value, inspectSymbol, { value: () => callText(value), configurable: true });
}

/** The description of an object that has one. */
export function descriptionOf(value: unknown): Description | undefined {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject ? (Reflect.get(value as object, descriptionSymbol) as Description | undefined) : undefined;
}

/** The call that makes an object: `chain(trace({ decay: 0.9 }), scaleByLearningRate(0.01))`. */
export function callText(value: unknown): string {
  const description = descriptionOf(value);
  if (description === undefined) return 'a transform';
  const { name, options, parts = [] } = description;
  const given = Array.isArray(options) ? options.map(optionText) : recordTexts(options);
  return `${name}(${[...parts.map(callText), ...given].join(', ')})`;
}

function recordTexts(options: object): string[] {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return [];
  return [`{ ${entries.map(([key, value]) => `${key}: ${optionText(value)}`).join(', ')} }`];
}

/** An option as it would be written; a function by its name. */
export function optionText(value: unknown): string {
  const schedule = scheduleDescription(value);
  if (schedule) return `${schedule.name}(${recordTexts(schedule.options).join(', ')})`;
  if (typeof value === 'function') return value.name || 'a function';
  if (descriptionOf(value) !== undefined) return callText(value);
  return describe(value);
}
