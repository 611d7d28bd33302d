import { norm } from '../vectors.ts';
import type { Factored } from './qr.ts';

/** A step of damped least squares, with the triangle that gave it. */
interface Damped {
  readonly step: Float64Array;
  /** S, upper triangular, with SᵀS = Pᵀ(JᵀJ + λD²)P, row by row. */
  readonly triangle: Float64Array;
}

/** Columns whose diagonal is this small beside the first add nothing but rounding. */
const RANK = 1e-15;

/** The p of least ‖J·p − b‖² + λ‖D·p‖²; `damping` holds √λ·D. Columns that add nothing are left out. */
export function solveDamped({ size: n, r, order, q }: Factored, damping?: Float64Array): Damped {
  const triangle = r.slice();
  const rhs = q.slice();
  const row = new Float64Array(n);
  for (let j = 0; damping !== undefined && j < n; j++) {
    row.fill(0);
    row[j] = damping[order[j]!]!;
    let extra = 0;
    for (let k = j; k < n; k++) {
      if (row[k] === 0) continue;
      const length = Math.hypot(triangle[k * n + k]!, row[k]!);
      const [c, s] = [triangle[k * n + k]! / length, row[k]! / length];
      for (let i = k; i < n; i++) {
        const [upper, lower] = [triangle[k * n + i]!, row[i]!];
        triangle[k * n + i] = c * upper + s * lower;
        row[i] = c * lower - s * upper;
      }
      [rhs[k], extra] = [c * rhs[k]! + s * extra, c * extra - s * rhs[k]!];
    }
  }
  const step = new Float64Array(n);
  const rank = rankOf(triangle, n);
  for (let k = rank - 1; k >= 0; k--) {
    let sum = rhs[k]!;
    for (let j = k + 1; j < rank; j++) sum -= triangle[k * n + j]! * rhs[j]!;
    rhs[k] = sum / triangle[k * n + k]!;
    step[order[k]!] = rhs[k]!;
  }
  return { step, triangle };
}

function rankOf(triangle: Float64Array, n: number): number {
  const first = Math.abs(triangle[0]!);
  for (let k = 0; k < n; k++) if (!(Math.abs(triangle[k * n + k]!) > RANK * first)) return k;
  return n;
}

/** ‖S⁻ᵀPᵀw‖² */
function squareBehind(triangle: Float64Array, order: Int32Array, w: Float64Array): number {
  const n = w.length;
  const z = new Float64Array(n);
  let square = 0;
  for (let k = 0; k < n; k++) {
    let sum = w[order[k]!]!;
    for (let j = 0; j < k; j++) sum -= triangle[j * n + k]! * z[j]!;
    z[k] = sum / triangle[k * n + k]!;
    square += z[k]! ** 2;
  }
  return square;
}

/** A step within the trust region, its damping λ and its length ‖D·p‖. */
export interface TrustStep {
  readonly step: Float64Array;
  readonly lambda: number;
  readonly length: number;
}

/** The length may miss the radius by this share. */
const SLACK = 0.1;
const MAX_TRIALS = 10;

/**
 * The step of least ‖J·p − b‖ with ‖D·p‖ ≤ radius, up to a tenth: the Gauss–Newton step if that is short enough, else
 * that of the λ for which φ(λ) = ‖D·p(λ)‖ − radius vanishes, by Newton's iteration on 1/‖D·p‖.
 *
 * @param scales D
 * @param gradient Jᵀb
 * @see Moré, "The Levenberg–Marquardt Algorithm: Implementation and Theory", Lecture Notes in Mathematics 630, 1978
 */
export function trustStep(
  factored: Factored,
  scales: Float64Array,
  gradient: Float64Array,
  radius: number,
  guess: number,
): TrustStep {
  const { size: n, order } = factored;
  const lengthOf = (step: Float64Array): number => norm(step.map((value, j) => scales[j]! * value));
  // The derivative of φ: −‖S⁻ᵀPᵀD²p/‖Dp‖‖²·‖Dp‖
  const steepness = ({ step, triangle }: Damped, length: number): number =>
    squareBehind(
      triangle,
      order,
      step.map((value, j) => (scales[j]! ** 2 * value) / length),
    );
  const free = solveDamped(factored);
  const freeLength = lengthOf(free.step);
  if (freeLength <= (1 + SLACK) * radius) return { step: free.step, lambda: 0, length: freeLength };
  const isRegular = rankOf(factored.r, n) === n;
  let low = isRegular ? (freeLength - radius) / radius / steepness(free, freeLength) : 0;
  let high = norm(gradient.map((value, j) => value / scales[j]!)) / radius;
  let lambda = Math.min(Math.max(guess, low), high) || high / 1000;
  for (let count = 1; ; count++) {
    const root = Math.sqrt(lambda);
    const damped = solveDamped(
      factored,
      scales.map((value) => root * value),
    );
    const length = lengthOf(damped.step);
    const excess = length - radius;
    if (Math.abs(excess) <= SLACK * radius || count === MAX_TRIALS)
      return { step: damped.step, lambda, length };
    if (excess > 0) low = Math.max(low, lambda);
    else high = Math.min(high, lambda);
    const correction = excess / radius / steepness(damped, length);
    lambda = Math.max(low, lambda + correction);
    if (!(lambda <= high)) lambda = Math.sqrt(low * high) || high / 2;
  }
}
