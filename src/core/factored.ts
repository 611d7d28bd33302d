// The step of an optimizer that keeps of the squares of a gradient their means along two axes alone, as Adafactor does.
import {
  add,
  div,
  expandDims,
  getBackend,
  mean,
  mul,
  rsqrt,
  sqrt,
  square,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';

/** Two axes, the first before the second. */
export type Axes = readonly [first: number, second: number];

/** Running means of squares: those over the second axis, of the shape without it, and those over the first. */
export type Means = readonly [overSecond: Tensor, overFirst: Tensor];

/** What the step depends on besides. */
export interface FactoredNumbers {
  /** How much of the running means remains. */
  readonly beta: number;
  /** What is added to each square. */
  readonly epsilon: number;
}

/** The gradient over the root of its mean squares, and the running means after it. */
interface Factored {
  readonly update: Tensor;
  readonly means: Means;
}

/** A stack of matrices in the memory of a tensor, row after row. */
export interface Stack {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
}

/** How a back end takes the step for matrices; undefined where it cannot now. */
type FactoredRunner = (
  g: Tensor,
  stack: Stack,
  means: Means,
  numbers: FactoredNumbers,
) => Factored | undefined;

const runners = new Map<string, FactoredRunner>();

/** Declares how the back end of that name takes the step. */
export function registerFactored(backendName: string, runner: FactoredRunner): void {
  runners.set(backendName, runner);
}

/** The shape without an axis. */
export const without = (shape: readonly number[], axis: number): number[] =>
  shape.filter((_, i) => i !== axis);

function byOperations(g: Tensor, [first, second]: Axes, old: Means, numbers: FactoredNumbers): Factored {
  const { beta, epsilon } = numbers;
  const squares = add(square(g), epsilon);
  const mixed = (before: Tensor, axis: number): Tensor =>
    add(mul(before, beta), mul(mean(squares, axis), 1 - beta));
  const means: Means = [mixed(old[0], second), mixed(old[1], first)];
  const relative = sqrt(div(mean(means[0], first, true), means[0]));
  const update = mul(mul(g, expandDims(relative, second)), expandDims(rsqrt(means[1]), first));
  return { update, means };
}

/**
 * With the means r of `g² + ε` over the second axis and c over the first: `R ← β·R + (1 − β)·r`,
 * `C ← β·C + (1 − β)·c`, and the update is `g / √(R·C / mean(R))`.
 *
 * @param means R and C before
 * @returns new tensors
 */
export function factoredStep(g: Tensor, axes: Axes, means: Means, numbers: FactoredNumbers): Factored {
  let found: Factored | undefined;
  tidy(() => {
    const { shape, rank, dtype, size } = g;
    const [first, second] = axes;
    const isStack = first === rank - 2 && second === rank - 1 && dtype === 'float32' && size > 0;
    const [rows, columns] = [shape[first]!, shape[second]!];
    const stack = { count: size / (rows * columns), rows, columns };
    const runner = isStack ? runners.get(getBackend()) : undefined;
    found = runner?.(g, stack, means, numbers) ?? byOperations(g, axes, means, numbers);
    return [found.update, ...found.means];
  });
  return found!;
}
