import type { JsonObject } from './types.ts';

/** Whether a value of a JSON document is an object with keys. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
