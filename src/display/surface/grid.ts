import { descend } from './simplex.ts';

/** An interval of an axis. */
export type Interval = readonly [low: number, high: number];

/** The values of a function in the middle of the cells of a grid, row by row from the lowest y. */
export interface Grid {
  readonly x: Interval;
  readonly y: Interval;
  /** The number of cells along each side. */
  readonly size: number;
  readonly values: Float64Array;
}

/** A point of a surface. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** The middle of a cell. */
export function centre([low, high]: Interval, size: number, index: number): number {
  return low + ((index + 0.5) * (high - low)) / size;
}

/** Evaluate a function on a grid. */
export function evaluateGrid(
  f: (x: number, y: number) => number,
  x: Interval,
  y: Interval,
  size: number,
): Grid {
  const values = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      values[row * size + column] = f(centre(x, size, column), centre(y, size, row));
    }
  }
  return { x, y, size, values };
}

/** Where the least value is: the best cell, and downhill from there. Undefined without a finite value. */
export function minimumOf(f: (x: number, y: number) => number, grid: Grid): Point | undefined {
  let best = -1;
  for (const [index, value] of grid.values.entries()) {
    if (Number.isFinite(value) && (best < 0 || value < grid.values[best]!)) best = index;
  }
  if (best < 0) return undefined;
  const [x, y] = [
    centre(grid.x, grid.size, best % grid.size),
    centre(grid.y, grid.size, Math.floor(best / grid.size)),
  ];
  return descend(f, grid.x, grid.y, { x, y, value: grid.values[best]! }, 1 / grid.size);
}
