import { ArgumentError, describe } from '../core/check.ts';

const isMethod = (value: object, name: string): boolean => typeof Reflect.get(value, name) === 'function';

/** Rejects anything but a gradient transform. */
export function checkTransform(where: string, name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && isMethod(value, 'init') && isMethod(value, 'update'))
    return;
  throw new ArgumentError(where, name, describe(value), 'a gradient transform, with init and update');
}
