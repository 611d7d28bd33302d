import { bytesOf, inSpace } from './space.ts';
import { addTo, dot } from './vectors.ts';

/** [√α·I; X] = Q·[R; 0]. */
export interface Factored {
  /** The columns of R. */
  readonly r: Float64Array[];
  /** The first rows of Qᵀ·[0; y] of each target. */
  readonly targets: Float64Array[];
  /** Makes a function, which is of use later too: the last rows of Q·[z; 0]. */
  makeLower(): (z: Float64Array) => Float64Array;
}

/** Numbers of a reflection in the memory of the kernels. */
const NUMBERS = 3;
/** Doubles that the kernel works with. */
const SCRATCH = 8;

/** [z; 0] reflected by the last reflection first; the vectors of all are `step` from each other. */
const lowerOf =
  (vectors: Float64Array, numbers: Float64Array, rows: number, step: number) =>
  (z: Float64Array): Float64Array => {
    const result = new Float64Array(rows);
    for (let j = z.length - 1; j >= 0; j--) {
      const [head, factor] = [numbers[NUMBERS * j]!, numbers[NUMBERS * j + 1]!];
      const vector = vectors.subarray(j * step, j * step + rows);
      const sum = factor * (head * z[j]! + dot(vector, result));
      addTo(result, vector, -sum);
    }
    return result;
  };

/**
 * Factors a matrix below a multiple of the identity by Householder's reflections, for as long as `use` runs.
 *
 * @see Golub, "Numerical Methods for Solving Linear Least Squares Problems", Numerische Mathematik 7, 1965; Golub &
 * Van Loan, "Matrix Computations", 4th edition, section 5.2
 */
export function withFactor<T>(
  columns: readonly Float64Array[],
  rows: number,
  targets: readonly Float64Array[],
  alpha: number,
  use: (factored: Factored) => T,
): T {
  const size = columns.length;
  const all = [...columns, ...targets];
  const count = all.length;
  const doubles = bytesOf(size * count) + bytesOf(NUMBERS * size) + bytesOf(SCRATCH);
  return inSpace(bytesOf(rows, count) + doubles, (space) => {
    const x = space.columns(rows, count);
    all.forEach((column, j) => {
      x.values.set(column, j * x.step);
    });
    const above = space.doubles(size * count);
    const numbers = space.doubles(NUMBERS * size);
    const scratch = space.doubles(SCRATCH);
    for (let j = 0; j < size; j++) above[j * size + j] = Math.sqrt(alpha);
    const { kernels } = space;
    const [top, reflections] = [above.byteOffset, numbers.byteOffset];
    kernels.factorize(x.address, x.step, size, count, top, reflections, scratch.byteOffset);
    const parts = all.map((_, j) => above.subarray(j * size, (j + 1) * size));
    const makeLower = () => lowerOf(x.values.slice(), numbers.slice(), rows, x.step);
    return use({ r: parts.slice(0, size), targets: parts.slice(size), makeLower });
  });
}
