import { NotebookError } from './errors.ts';
import type { JsonObject, JsonValue } from './types.ts';

/** What `JSON.parse` gave, and where: checks of it name the place. */
export interface Place {
  readonly at: string;
  readonly value: JsonValue | undefined;
}

function kindOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

export function mismatch(place: Place, expected: string, got: string = kindOf(place.value)): NotebookError {
  return new NotebookError(`${place.at}: expected ${expected}, got ${got}`, { place: place.at });
}

/** The property `key` of an object already checked. */
export function member(object: JsonObject, at: string, key: string): Place {
  const name = /^[A-Za-z_]\w*$/.test(key)
    ? `${at === '' ? '' : `${at}.`}${key}`
    : `${at}[${JSON.stringify(key)}]`;
  return { at: name, value: Object.hasOwn(object, key) ? object[key] : undefined };
}

export function asObject(place: Place): JsonObject {
  const { value } = place;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw mismatch(place, 'object');
  return value;
}

/** Absent counts as empty: many tools leave out `metadata`. */
export function asOptionalObject(place: Place): JsonObject {
  return place.value === undefined ? {} : asObject(place);
}

export function asList(place: Place): Place[] {
  if (!Array.isArray(place.value)) throw mismatch(place, 'array');
  return place.value.map((value, i) => ({ at: `${place.at}[${i}]`, value }));
}

export function asString(place: Place): string {
  if (typeof place.value !== 'string') throw mismatch(place, 'string');
  return place.value;
}

/** nbformat's "multi-line string": one string, or its lines. */
export function asText(place: Place): string {
  if (typeof place.value === 'string') return place.value;
  if (!Array.isArray(place.value)) throw mismatch(place, 'string or string[]');
  return asList(place).map(asString).join('');
}

export function asCount(place: Place): number | null {
  const { value } = place;
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw mismatch(place, 'integer or null');
  return value;
}

export function oneOf<T extends string>(place: Place, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === place.value);
  if (found !== undefined) return found;
  const got = typeof place.value === 'string' ? JSON.stringify(place.value) : kindOf(place.value);
  throw mismatch(place, allowed.join(', ').replace(/, ([^,]*)$/, ' or $1'), got);
}
