import { applyAll, applyTransposed, type Reflection, reflect, reflectionOf } from './reflections.ts';
import { addTo } from './vectors.ts';

/** M = U·B·Vᵀ of a square matrix, with B on the diagonal and the one above. */
export interface Bidiagonal {
  readonly diagonal: Float64Array;
  /** Its last element is 0. */
  readonly above: Float64Array;
  readonly left: readonly Reflection[];
  readonly right: readonly Reflection[];
}

/** Mirrors the rows of the columns from the `from`-th on. */
function reflectRows(columns: readonly Float64Array[], { vector, factor }: Reflection, from: number): void {
  if (factor === 0) return;
  const sums = new Float64Array(columns.length);
  for (let j = from; j < columns.length; j++) addTo(sums, columns[j]!, vector[j]!);
  for (let j = from; j < columns.length; j++) addTo(columns[j]!, sums, -factor * vector[j]!);
}

/**
 * Golub and Kahan's reduction of a square matrix, which is overwritten.
 *
 * @see Golub & Van Loan, "Matrix Computations", 4th edition, section 5.4.8
 */
export function bidiagonalize(columns: readonly Float64Array[]): Bidiagonal {
  const size = columns.length;
  const diagonal = new Float64Array(size);
  const above = new Float64Array(size);
  const left: Reflection[] = [];
  const right: Reflection[] = [];
  for (let k = 0; k < size; k++) {
    const down = reflectionOf(columns[k]!, k);
    left.push(down.mirror);
    diagonal[k] = down.left;
    for (let j = k + 1; j < size; j++) reflect(columns[j]!, down.mirror);
    if (k + 1 === size) break;
    const across = reflectionOf(
      Float64Array.from(columns, (column) => column[k]!),
      k + 1,
    );
    right.push(across.mirror);
    above[k] = across.left;
    reflectRows(columns, across.mirror, k + 1);
  }
  return { diagonal, above, left, right };
}

/** Uᵀ·y. */
export const toBidiagonal = ({ left }: Bidiagonal, y: Float64Array): Float64Array =>
  applyTransposed(left, y.slice());

/** The upper bidiagonal factor of [B; √α·I], with what the rotations make of [d; 0]. */
interface Rotated {
  readonly diagonal: Float64Array;
  readonly above: Float64Array;
  readonly target: Float64Array;
}

/** Rotates the rows of √α·I into those of B, one after the other. */
export function rotateIn({ diagonal, above }: Bidiagonal, d: Float64Array, alpha: number): Rotated {
  const size = diagonal.length;
  const result = {
    diagonal: new Float64Array(size),
    above: new Float64Array(size),
    target: new Float64Array(size),
  };
  const root = Math.sqrt(alpha);
  let [below, rest] = [root, 0];
  for (let i = 0; i < size; i++) {
    const length = Math.hypot(diagonal[i]!, below);
    const [c, s] = [diagonal[i]! / length, below / length];
    result.diagonal[i] = length;
    result.above[i] = c * above[i]!;
    result.target[i] = c * d[i]! + s * rest;
    const fill = -s * above[i]!;
    const carried = c * rest - s * d[i]!;
    below = Math.hypot(root, fill);
    rest = (fill * carried) / below;
  }
  return result;
}

/**
 * The w that minimises ‖M·w − y‖² + α‖w‖², in a number of operations that is proportional to the size, beside V·u.
 *
 * @param d Uᵀ·y
 * @param alpha above 0
 * @see Eldén, "Algorithms for the Regularization of Ill-Conditioned Least Squares Problems", BIT 17, 1977
 */
export function solveRidge(matrix: Bidiagonal, d: Float64Array, alpha: number): Float64Array {
  const { diagonal, above, target } = rotateIn(matrix, d, alpha);
  const u = new Float64Array(target.length);
  for (let i = u.length - 1; i >= 0; i--) {
    const next = i + 1 < u.length ? above[i]! * u[i + 1]! : 0;
    u[i] = (target[i]! - next) / diagonal[i]!;
  }
  return applyAll(matrix.right, u);
}
