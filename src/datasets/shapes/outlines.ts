/** The signed distance of a point to an outline within the unit circle: below 0 inside, growing by 1 per unit outside. */
export type Outline = (x: number, y: number) => number;
type Point = readonly [x: number, y: number];

const disc =
  (radius: number, cx = 0, cy = 0): Outline =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) - radius;

/** The distance to the nearest edge, with the sign of the winding (Quilez, "2D distance functions"). */
function polygon(corners: readonly Point[]): Outline {
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let isInside = false;
    let [ax, ay] = corners.at(-1)!;
    for (const [bx, by] of corners) {
      const [ex, ey, px, py] = [bx - ax, by - ay, x - ax, y - ay];
      const along = Math.min(1, Math.max(0, (px * ex + py * ey) / (ex * ex + ey * ey)));
      nearest = Math.min(nearest, (px - along * ex) ** 2 + (py - along * ey) ** 2);
      if (ay > y !== by > y && x < ax + (ex * py) / ey) isInside = !isInside;
      ax = bx;
      ay = by;
    }
    return (isInside ? -1 : 1) * Math.sqrt(nearest);
  };
}

/** As many corners as radii, evenly around the centre. */
function radial(radii: readonly number[]): Point[] {
  return radii.map((radius, at) => {
    const angle = (2 * Math.PI * at) / radii.length;
    return [radius * Math.sin(angle), radius * Math.cos(angle)];
  });
}

const repeated = (radii: readonly number[], times: number): number[] =>
  Array.from({ length: times }, () => radii).flat();

const CROSS: Point[] = [
  [0.28, 0.95],
  [0.28, 0.28],
  [0.95, 0.28],
  [0.95, -0.28],
  [0.28, -0.28],
  [0.28, -0.95],
  [-0.28, -0.95],
  [-0.28, -0.28],
  [-0.95, -0.28],
  [-0.95, 0.28],
  [-0.28, 0.28],
  [-0.28, 0.95],
];

const ARROW: Point[] = [
  [0, 1],
  [0.75, 0.2],
  [0.27, 0.2],
  [0.27, -0.95],
  [-0.27, -0.95],
  [-0.27, 0.2],
  [-0.75, 0.2],
];

/** A square on its corner with a half disc on two of its sides. */
function heart(x: number, y: number): number {
  const half = 0.7;
  const round = half / Math.SQRT2;
  const lobes = Math.hypot(Math.abs(x) - half / 2, y - half / 2) - round;
  return Math.min(lobes, (Math.abs(x) + Math.abs(y) - half) / Math.SQRT2);
}

const bite = disc(0.8, 0.5);
const whole = disc(0.95);

/** What `shapes` draws. */
export type Shape =
  | 'circle'
  | 'ring'
  | 'semicircle'
  | 'crescent'
  | 'triangle'
  | 'square'
  | 'cross'
  | 'star'
  | 'heart'
  | 'arrow';

/** The outlines by the names of their classes. */
export const outlines: Record<Shape, Outline> = {
  circle: disc(0.85),
  ring: (x, y) => Math.abs(Math.hypot(x, y) - 0.7) - 0.2,
  semicircle: (x, y) => Math.max(Math.hypot(x, y + 0.4) - 0.95, -y - 0.4),
  crescent: (x, y) => Math.max(whole(x, y), -bite(x, y)),
  triangle: polygon(radial([1, 1, 1])),
  square: polygon(radial(repeated([1], 4))),
  cross: polygon(CROSS),
  star: polygon(radial(repeated([1, 0.42], 5))),
  heart,
  arrow: polygon(ARROW),
};
