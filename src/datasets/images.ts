import { ArgumentError, describe } from '../core/check.ts';
import { nearest } from '../core/nearest.ts';

/** Pictures with the class of each, in random order. */
export interface Images<Class> {
  /**
   * The pixels of each image in [0, 1], row by row from the top, the channels of a pixel side by side:
   * `tf.tensor(x)` is [samples, height · width · channels], `tf.tensor(x, [x.length, ...shape])` has them as images.
   */
  x: Float32Array[];
  /** The class of each image, an integer from 0: its place in `classes`. */
  y: Int32Array;
  /** What one image is: [height, width, channels]. */
  shape: [height: number, width: number, channels: number];
  /** What the classes are, in the order of their numbers. */
  classes: Class[];
}

/**
 * The classes to choose from, if `given` are some of them, each once.
 *
 * @throws ArgumentError with the first that is not
 */
export function checkClasses<Class>(where: string, given: unknown, known: readonly Class[]): Class[] {
  const names = known.map((name) => describe(name)).join(', ');
  const allowed = `an array of different ones of ${names}`;
  if (!Array.isArray(given) || given.length === 0) {
    throw new ArgumentError(where, 'classes', describe(given), allowed);
  }
  for (const [at, name] of given.entries()) {
    if (!known.includes(name)) {
      const meant = typeof name === 'string' ? nearest(name, known.map(String)) : undefined;
      const hint = meant === undefined ? '' : `; did you mean '${meant}'?`;
      throw new ArgumentError(where, 'classes', `${describe(name)} among them${hint}`, allowed);
    }
    if (given.indexOf(name) < at)
      throw new ArgumentError(where, 'classes', `${describe(name)} twice`, allowed);
  }
  return [...given];
}

/** Arrays of `length` numbers each, side by side in one memory. */
export function rowsOf(count: number, length: number): Float32Array[] {
  const all = new Float32Array(count * length);
  return Array.from({ length: count }, (_, at) => all.subarray(at * length, (at + 1) * length));
}
