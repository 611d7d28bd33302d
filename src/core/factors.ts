// Sums and factors along two axes of a tensor, such as an optimizer keeps that has no room for a number for each entry.
import { expandDims, getBackend, mul, square, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** Two axes, the first before the second. */
export type Axes = readonly [first: number, second: number];

/** A stack of matrices in the memory of a tensor, row after row. */
export interface Stack {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
}

/** How a back end computes them for matrices, in one pass over memory. */
export interface FactorsRunner {
  /** The sums of the squares of each row and of each column; undefined where it cannot now. */
  squareSums(x: Tensor, stack: Stack): readonly [rows: Tensor, columns: Tensor] | undefined;
  /** Each entry times the factor of its row and that of its column. */
  scale(x: Tensor, stack: Stack, rows: Tensor, columns: Tensor): Tensor | undefined;
}

const runners = new Map<string, FactorsRunner>();

/** Declares how the back end of that name computes them. */
export function registerFactors(backendName: string, runner: FactorsRunner): void {
  runners.set(backendName, runner);
}

/** The shape without an axis. */
export const without = (shape: readonly number[], axis: number): number[] =>
  shape.filter((_, i) => i !== axis);

/** The tensor as matrices, and what computes with them, where the axes are the last two. */
function runnerFor(
  { shape, rank, dtype, size }: Tensor,
  [first, second]: Axes,
): { runner: FactorsRunner; stack: Stack } | undefined {
  const runner = runners.get(getBackend());
  if (!runner || dtype !== 'float32' || size === 0 || first !== rank - 2 || second !== rank - 1)
    return undefined;
  const [rows, columns] = [shape[first]!, shape[second]!];
  return { runner, stack: { count: size / (rows * columns), rows, columns } };
}

/**
 * The sums of the squares of a tensor along each of two axes.
 *
 * @returns the sums over the second axis, of the shape without it, and those over the first
 */
export function squareSums(x: Tensor, axes: Axes): [overSecond: Tensor, overFirst: Tensor] {
  let found: [Tensor, Tensor] | undefined;
  tidy(() => {
    const fast = runnerFor(x, axes);
    const sums = fast?.runner.squareSums(x, fast.stack);
    if (sums) found = [...sums];
    else {
      const squares = square(x);
      found = [sum(squares, axes[1]), sum(squares, axes[0])];
    }
    return found;
  });
  return found!;
}

/**
 * Multiplies each entry of a tensor by two factors.
 *
 * @param overSecond factors of the shape without the second axis
 * @param overFirst factors of the shape without the first axis
 */
export function scaleBoth(x: Tensor, axes: Axes, overSecond: Tensor, overFirst: Tensor): Tensor {
  return tidy(() => {
    const fast = runnerFor(x, axes);
    const scaled = fast?.runner.scale(x, fast.stack, overSecond, overFirst);
    return scaled ?? mul(mul(x, expandDims(overSecond, axes[1])), expandDims(overFirst, axes[0]));
  });
}
