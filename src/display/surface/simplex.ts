import type { Interval, Point } from './grid.ts';

type Surface = (x: number, y: number) => number;

const maxEvaluations = 400;
/** Parts of the sides of the surface: a triangle smaller than this is a point. */
const smallest = 1e-7;

/**
 * The least value near a start within a rectangle, by the method of Nelder and Mead (1965): a triangle that is
 * reflected, stretched and shrunk, and so also follows narrow valleys.
 */
export function descend(f: Surface, x: Interval, y: Interval, start: Point, cell: number): Point {
  const [width, height] = [x[1] - x[0], y[1] - y[0]];
  let spent = 0;
  const at = (px: number, py: number): Point => {
    spent += 1;
    const [cx, cy] = [Math.min(x[1], Math.max(x[0], px)), Math.min(y[1], Math.max(y[0], py))];
    const value = f(cx, cy);
    return { x: cx, y: cy, value: Number.isFinite(value) ? value : Number.POSITIVE_INFINITY };
  };
  const inward = (value: number, [low, high]: Interval): number => (value > (low + high) / 2 ? -1 : 1);
  let triangle: [Point, Point, Point] = [
    start,
    at(start.x + inward(start.x, x) * cell * width, start.y),
    at(start.x, start.y + inward(start.y, y) * cell * height),
  ];
  while (spent < maxEvaluations) {
    triangle.sort((a, b) => a.value - b.value);
    const [best, middle, worst] = triangle;
    const size = Math.max(
      ...[middle, worst].map((p) =>
        Math.max(Math.abs(p.x - best.x) / width, Math.abs(p.y - best.y) / height),
      ),
    );
    if (size < smallest) break;
    const from = { x: (best.x + middle.x) / 2, y: (best.y + middle.y) / 2 };
    const along = (t: number): Point => at(from.x + t * (from.x - worst.x), from.y + t * (from.y - worst.y));
    triangle = moved(triangle, along) ?? [best, halfway(at, best, middle), halfway(at, best, worst)];
  }
  return triangle.reduce((least, point) => (point.value < least.value ? point : least));
}

/** A better triangle in place of the worst corner; undefined where none is found. */
function moved(
  [best, middle, worst]: readonly [Point, Point, Point],
  along: (t: number) => Point,
): [Point, Point, Point] | undefined {
  const reflected = along(1);
  if (reflected.value < best.value) {
    const stretched = along(2);
    return [best, middle, stretched.value < reflected.value ? stretched : reflected];
  }
  if (reflected.value < middle.value) return [best, middle, reflected];
  const contracted = along(reflected.value < worst.value ? 0.5 : -0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? [best, middle, contracted] : undefined;
}

function halfway(at: (x: number, y: number) => Point, to: Point, from: Point): Point {
  return at((to.x + from.x) / 2, (to.y + from.y) / 2);
}
