import type { Point } from './grid.ts';
import type { Path } from './paths.ts';

/** A path with the height of the surface below it. */
export interface Walk {
  readonly name: string;
  readonly steps: number;
  readonly points: readonly (Point & { readonly step: number })[];
}

const maxPoints = 300;

/** The points of a path that are drawn: all of a short one, evenly spread ones of a long one. */
export function walkOf({ name, x, y }: Path, f: (x: number, y: number) => number): Walk {
  const count = Math.min(x.length, maxPoints);
  const steps = Array.from({ length: count }, (_, index) => {
    return count < 2 ? 0 : Math.round((index * (x.length - 1)) / (count - 1));
  });
  const points = steps
    .filter((step) => Number.isFinite(x[step]) && Number.isFinite(y[step]))
    .map((step) => ({ step, x: x[step]!, y: y[step]!, value: f(x[step]!, y[step]!) }));
  return { name, steps: Math.max(0, x.length - 1), points };
}
