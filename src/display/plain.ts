import { isList } from './inspect.ts';

/** A JSON object. */
export type Plain = Record<string, unknown>;

/** Whether a value of plain data is an object with keys. */
export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !isList(value);
}
