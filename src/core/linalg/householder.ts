import { addTo, blank, type Columns, dot } from './columns.ts';

interface Reflection {
  /** Orthogonal to the mirror; its rows before the `from`-th are 0. */
  vector: Float64Array;
  from: number;
  /** 2 over the square of its length; 0 for none. */
  factor: number;
}

function reflect(column: Float64Array, { vector, from, factor }: Reflection): void {
  if (factor !== 0) addTo(column, vector, -factor * dot(vector, column, from), from);
}

/** The reflection that makes 0 of a column below its `from`-th row. */
function reflection(column: Float64Array, from: number): Reflection {
  const vector = new Float64Array(column.length);
  vector.set(column.subarray(from), from);
  const length = Math.sqrt(dot(vector, vector, from));
  // Of the sign that does not cancel, and for 0 of tfjs's sign.
  vector[from]! -= column[from]! > 0 ? -length : length;
  const square = dot(vector, vector, from);
  return { vector, from, factor: square === 0 ? 0 : 2 / square };
}

/**
 * The decomposition A = Q·R by Householder's reflections, for any rank.
 *
 * @param a m × n, which becomes R
 * @param rows m
 * @param width how many columns of Q to make, at most m
 *
 * @see Golub & Van Loan, "Matrix Computations", 4th edition, section 5.2
 */
export function decompose(a: Columns, rows: number, width: number): Columns {
  const reflections: Reflection[] = [];
  for (let j = 0; j < Math.min(rows, a.length); j++) {
    const mirror = reflection(a[j]!, j);
    for (let k = j; k < a.length; k++) reflect(a[k]!, mirror);
    a[j]!.fill(0, j + 1);
    reflections.push(mirror);
  }
  const q = blank(rows, width, 1);
  for (const mirror of reflections.reverse()) {
    for (const column of q) reflect(column, mirror);
  }
  return q;
}
