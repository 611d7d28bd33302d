import { inspect, types } from 'node:util';

/**
 * Read a member without trusting the object: getters and Proxy traps may throw. `in` comes first, so that
 * a Proxy which answers every `get` is not taken for something that it does not declare.
 */
export function readMember(value: unknown, key: PropertyKey): unknown {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return undefined;
  try {
    return key in value ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  } catch {
    return undefined;
  }
}

/** The method of that name bound to its object, if there is one. */
export function readMethod(value: unknown, key: PropertyKey): (() => unknown) | undefined {
  const method = readMember(value, key);
  return typeof method === 'function' ? () => Reflect.apply(method, value, []) : undefined;
}

/** `Array.isArray` that a revoked Proxy does not upset. */
export function isList(value: unknown): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/** The shape of a tensor, of whatever library: what has a `shape` and a method `dataSync`. */
export function tensorShape(value: unknown): readonly number[] | undefined {
  const shape = readMember(value, 'shape');
  return isList(shape) && readMethod(value, 'dataSync') ? (shape as number[]) : undefined;
}

/** `instanceof` that a Proxy does not upset. */
export function isA<T>(value: unknown, type: new (...parameters: never[]) => T): value is T {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

/** Whether a value is a Date, for values whose prototype cannot be asked for as well. */
export function isDate(value: unknown): value is Date {
  return types.isDate(value);
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  const message = readMember(error, 'message');
  return typeof message === 'string' ? message : plainText(error);
}

/** A value as text; never throws, whatever the value's own inspection does. */
export function plainText(value: unknown): string {
  return inspectWith(value, {});
}

/** A value as text on one line, cut to `width` characters. */
export function shortText(value: unknown, width = 80): string {
  const options = { depth: 1, breakLength: Number.POSITIVE_INFINITY, compact: true, maxArrayLength: 6 };
  return cut(inspectWith(value, { ...options, maxStringLength: width }).replace(/\s+/g, ' '), width);
}

/** Text cut to `width` characters, the last of which is then an ellipsis. */
export function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  const characters = [...text.slice(0, 2 * width)];
  return characters.length <= width ? characters.join('') : `${characters.slice(0, width - 1).join('')}…`;
}

function inspectWith(value: unknown, options: Parameters<typeof inspect>[1]): string {
  try {
    return inspect(value, options);
  } catch {
    try {
      return inspect(value, { ...options, customInspect: false, getters: false });
    } catch {
      return `[${typeof value} that cannot be inspected]`;
    }
  }
}
