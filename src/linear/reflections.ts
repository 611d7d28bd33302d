import { addTo, dot, norm } from './vectors.ts';

/** x ← x − factor·v·(v·x), a mirror image; v is 0 before the `from`-th row. */
export interface Reflection {
  readonly vector: Float64Array;
  readonly from: number;
  /** 2 over the square of the vector's length; 0 for none. */
  readonly factor: number;
}

export function reflect(column: Float64Array, { vector, from, factor }: Reflection): void {
  if (factor !== 0) addTo(column, vector, -factor * dot(vector, column, from), from);
}

/** The reflection that makes 0 of a column below its `from`-th row, and what it leaves there. */
export function reflectionOf(column: Float64Array, from: number): { mirror: Reflection; left: number } {
  const vector = new Float64Array(column.length);
  vector.set(column.subarray(from), from);
  const length = norm(vector, from);
  // Of the sign that does not cancel.
  const left = column[from]! > 0 ? -length : length;
  vector[from]! -= left;
  const square = dot(vector, vector, from);
  return { mirror: { vector, from, factor: square === 0 ? 0 : 2 / square }, left };
}

/** Q·x of the product Q of reflections; they are their own inverses. */
export function applyAll(reflections: readonly Reflection[], x: Float64Array): Float64Array {
  for (let i = reflections.length - 1; i >= 0; i--) reflect(x, reflections[i]!);
  return x;
}

/** Qᵀ·x. */
export function applyTransposed(reflections: readonly Reflection[], x: Float64Array): Float64Array {
  for (const mirror of reflections) reflect(x, mirror);
  return x;
}
