import { describe } from './check.ts';
import { scheduleDescription } from './described.ts';

/** What an object of the toolkit is, for whatever shows it: `display` reads it under this symbol. */
export const descriptionSymbol: unique symbol = Symbol.for('descent.description');

const inspectSymbol: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/** A chart of Vega-Lite's, and what it says in words where nothing is drawn. */
export interface ChartDescription {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** The name and the options that something was made with. */
export interface Description {
  readonly kind: 'transform' | 'dataset' | 'loss' | 'chart';
  readonly name: string;
  /** By name; or in order, where they are given so. */
  readonly options: Readonly<Record<string, unknown>> | readonly unknown[];
  /** What it is made of, in order. */
  readonly parts?: readonly unknown[];
  /** The names of the parts, where they stand side by side. */
  readonly partNames?: readonly string[];
  /** Of a result that shows itself as one. */
  readonly chart?: () => ChartDescription;
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
  const { name, options, parts = [], partNames } = description;
  const given = Array.isArray(options) ? options.map(optionText) : recordTexts(options);
  const within = partNames
    ? [`{ ${partNames.map((part, i) => `${part}: ${callText(parts[i])}`).join(', ')} }`]
    : parts.map(callText);
  return `${name}(${[...within, ...given].join(', ')})`;
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
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value) && value.length <= 6) return `[${value.map(optionText).join(', ')}]`;
  if (isRecord(value)) return recordText(value);
  return describe(value);
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The options of something within: of what has a name, the call that makes it. */
function recordText(value: object): string {
  const { name, ...options } = value as { name?: unknown };
  const texts = recordTexts(typeof name === 'string' ? options : value);
  return typeof name === 'string' ? `${name}(${texts.join(', ')})` : (texts[0] ?? '{}');
}
