import { centre, type Grid } from './grid.ts';

/** A line along which a surface has one value. */
export interface Contour {
  readonly level: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const smallestRing = 12;

/** The contour lines of a level, by marching squares: cells whose corners are the values of the grid. */
export function contoursOf(grid: Grid, level: number): Contour[] {
  const neighbours = new Map<number, number[]>();
  const link = (from: number, to: number): void => {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  };
  for (let row = 0; row < grid.size - 1; row++) {
    for (let column = 0; column < grid.size - 1; column++) linkCell(grid, row, column, level, link);
  }
  return chains(neighbours)
    .filter(isLine)
    .map((chain) => {
      const points = chain.map((edge) => crossing(grid, edge, level));
      return { level, x: points.map(([x]) => x), y: points.map(([, y]) => y) };
    });
}

/** Rings around a few cells are what a grid makes of a valley that is narrower than they are. */
function isLine(chain: readonly number[]): boolean {
  return chain[0] !== chain.at(-1) || chain.length > smallestRing;
}

/** The edge to the right of a value has twice its index as its number, the edge above it one more. */
function linkCell(
  { size, values }: Grid,
  row: number,
  column: number,
  level: number,
  link: (from: number, to: number) => void,
): void {
  const corner = row * size + column;
  const corners = [corner, corner + 1, corner + size + 1, corner + size].map((index) => values[index]!);
  if (!corners.every(Number.isFinite)) return;
  const isAbove = corners.map((value) => value >= level);
  const edges = [2 * corner, 2 * (corner + 1) + 1, 2 * (corner + size), 2 * corner + 1];
  const crossed = edges.filter((_, side) => isAbove[side] !== isAbove[(side + 1) % 4]);
  const [a, b, c, d] = crossed;
  if (a === undefined || b === undefined) return;
  if (c === undefined || d === undefined) {
    link(a, b);
    return;
  }
  // A saddle: the middle decides which two corners belong together.
  const middle = corners.reduce((sum, value) => sum + value, 0) / 4 >= level;
  if (middle === isAbove[0]) {
    link(a, b);
    link(c, d);
  } else {
    link(d, a);
    link(b, c);
  }
}

/** Follow the links to lines: open ones from their ends, the rest are closed. */
function chains(neighbours: ReadonlyMap<number, readonly number[]>): number[][] {
  const seen = new Set<number>();
  const follow = (start: number): number[] => {
    const chain = [start];
    seen.add(start);
    for (let at: number | undefined = start; at !== undefined; ) {
      at = neighbours.get(at)?.find((next) => !seen.has(next));
      if (at === undefined) break;
      seen.add(at);
      chain.push(at);
    }
    const isClosed = chain.length > 2 && neighbours.get(chain.at(-1)!)?.includes(start) === true;
    return isClosed ? [...chain, start] : chain;
  };
  const ends = [...neighbours].filter(([, next]) => next.length === 1).map(([edge]) => edge);
  const starts = [...ends, ...neighbours.keys()];
  return starts.flatMap((start) => (seen.has(start) ? [] : [follow(start)]));
}

/** Where the level crosses an edge, in proportion to the values at its ends. */
function crossing({ x, y, size, values }: Grid, edge: number, level: number): [number, number] {
  const from = edge >> 1;
  const to = edge % 2 === 0 ? from + 1 : from + size;
  const share = (level - values[from]!) / (values[to]! - values[from]!);
  const [column, row] = [from % size, Math.floor(from / size)];
  return [
    centre(x, size, column + (edge % 2 === 0 ? share : 0)),
    centre(y, size, row + (edge % 2 === 0 ? 0 : share)),
  ];
}
