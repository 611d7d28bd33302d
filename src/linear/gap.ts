import type { Kernels } from './kernels.ts';
import type { Columns } from './space.ts';
import { dot } from './vectors.ts';

/** ½‖y − X·w‖² + l1·‖w‖₁ + ½·l2·‖w‖², at one place of the descent. All vectors are in the memory of the kernels. */
export interface Penalised {
  readonly kernels: Kernels;
  readonly columns: Columns;
  readonly y: Float64Array;
  /** ‖x_j‖² of each column. */
  readonly squares: Float64Array;
  /** The factor of ‖w‖₁, above 0. */
  readonly l1: number;
  /** The factor of ½‖w‖². */
  readonly l2: number;
  /** The solution so far. */
  readonly w: Float64Array;
  /** y − X·w. */
  readonly residual: Float64Array;
  /** Room for the slopes of a gap. */
  readonly slopes: Float64Array;
  /** Room for a list of features. */
  readonly list: Int32Array;
}

/** A bound on how far the objective is above its minimum, with the slopes that it comes from. */
export interface Gap {
  readonly value: number;
  /**
   * x_j·(y − X·w) − l2·w_j for the features asked for, until the next gap; within ±l1 where w_j may stay 0.
   */
  readonly slopes: Float64Array;
  /** What the residual is divided by for a point of the dual problem. */
  readonly scale: number;
}

/** The products of columns with the residual. */
function writeSlopes({ kernels, columns, residual, slopes, list }: Penalised, features: Int32Array): void {
  list.set(features);
  const { address, step } = columns;
  kernels.slopes(list.byteOffset, features.length, address, step, residual.byteOffset, slopes.byteOffset);
}

/**
 * The duality gap of the problem that has the given features alone.
 *
 * @see Kim, Koh, Lustig, Boyd & Gorinevsky, "An Interior-Point Method for Large-Scale l1-Regularized Least Squares",
 * IEEE Journal of Selected Topics in Signal Processing 1, 2007
 */
export function dualityGap(problem: Penalised, features: Int32Array): Gap {
  const { y, l1, l2, w, residual, slopes } = problem;
  writeSlopes(problem, features);
  let steepest = 0;
  let sum = 0;
  let square = 0;
  for (let at = 0; at < features.length; at++) {
    const j = features[at]!;
    const slope = slopes[j]! - l2 * w[j]!;
    slopes[j] = slope;
    steepest = Math.max(steepest, Math.abs(slope));
    sum += Math.abs(w[j]!);
    square += w[j]! * w[j]!;
  }
  const scale = Math.max(l1, steepest);
  const share = l1 / scale;
  const rest = dot(residual, residual);
  const primal = 0.5 * rest + l1 * sum + 0.5 * l2 * square;
  const dual = share * dot(residual, y) - 0.5 * share * share * (rest + l2 * square);
  return { value: Math.max(0, primal - dual), slopes, scale };
}

/**
 * The features that may be other than 0 in the solution: a sphere about the dual point holds the optimum.
 *
 * @see Fercoq, Gramfort & Salmon, "Mind the Duality Gap: Safer Rules for the Lasso", ICML 2015
 */
export function withoutZeros(problem: Penalised, features: Int32Array, gap: Gap): Int32Array {
  const { squares, l1, l2 } = problem;
  const radius = Math.sqrt(2 * gap.value);
  return features.filter((j) => {
    const reach = (Math.abs(gap.slopes[j]!) * l1) / gap.scale + radius * Math.sqrt(squares[j]! + l2);
    return reach >= l1;
  });
}
