import { ArgumentError, describe } from '../core/check.ts';

const isMethod = (value: object, name: string): boolean => typeof Reflect.get(value, name) === 'function';

/** Rejects anything but a gradient transform. */
export function checkTransform(where: string, name: string, value: unknown): void {
  // A function with these methods is one too: `regularizers.proximal.l1(0.1)` can also be called.
  const isObject = typeof value === 'function' || (typeof value === 'object' && value !== null);
  if (isObject && isMethod(value, 'init') && isMethod(value, 'update')) return;
  throw new ArgumentError(where, name, describe(value), 'a gradient transform, with init and update');
}
