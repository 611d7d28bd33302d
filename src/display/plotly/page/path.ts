/** A point of a path. */
export type Point = readonly [x: number, y: number];

const counts: Readonly<Record<string, number>> = {
  M: 2,
  L: 2,
  H: 1,
  V: 1,
  C: 6,
  S: 4,
  Q: 4,
  T: 2,
  A: 7,
  Z: 0,
};
const origin: Point = [0, 0];
/** Straight pieces that a curve becomes. */
const pieces = 16;

/** The polylines of the data of an SVG path: curves in straight pieces. */
export function pathLines(data: string): Point[][] {
  const pen = new Pen();
  for (const [, letter = '', rest = ''] of data.matchAll(/([a-z])([^a-z]*(?:e[^a-z]*)*)/gi)) {
    const numbers = (rest.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    const count = counts[letter.toUpperCase()] ?? 0;
    if (count === 0) pen.draw(letter, []);
    for (let at = 0; count > 0 && at + count <= numbers.length; at += count) {
      // Further pairs of a move are lines.
      const next = at > 0 && letter === 'M' ? 'L' : at > 0 && letter === 'm' ? 'l' : letter;
      pen.draw(next, numbers.slice(at, at + count));
    }
  }
  return pen.lines;
}

class Pen {
  readonly lines: Point[][] = [];
  #at: Point = [0, 0];
  #start: Point = [0, 0];
  /** The control point that a smooth curve mirrors. */
  #control: Point | undefined;

  draw(letter: string, numbers: readonly number[]): void {
    const upper = letter.toUpperCase();
    const base: Point = letter === upper ? [0, 0] : this.#at;
    const [x, y] = this.#at;
    const points: Point[] = [];
    if (upper !== 'A') {
      for (let at = 0; at + 1 < numbers.length; at += 2)
        points.push([(numbers[at] ?? 0) + base[0], (numbers[at + 1] ?? 0) + base[1]]);
    }
    const mirrored: Point = this.#control ? [2 * x - this.#control[0], 2 * y - this.#control[1]] : this.#at;
    if (!'CSQT'.includes(upper)) this.#control = undefined;
    switch (upper) {
      case 'M':
        this.#start = points[0] ?? this.#at;
        this.#at = this.#start;
        this.lines.push([this.#at]);
        break;
      case 'H':
        this.#to([(numbers[0] ?? 0) + base[0], y]);
        break;
      case 'V':
        this.#to([x, (numbers[0] ?? 0) + base[1]]);
        break;
      case 'Z':
        this.#to(this.#start);
        break;
      case 'A':
        this.#arc(numbers, [(numbers[5] ?? 0) + base[0], (numbers[6] ?? 0) + base[1]]);
        break;
      case 'L':
        this.#to(points[0] ?? this.#at);
        break;
      default:
        this.#curve('ST'.includes(upper) ? [mirrored, ...points] : points);
    }
  }

  #to(point: Point): void {
    this.lines.at(-1)?.push(point);
    this.#at = point;
  }

  /** A Bézier curve of two or three further points. */
  #curve(points: readonly Point[]): void {
    const all = [this.#at, ...points];
    this.#control = all.at(-2);
    for (let piece = 1; piece <= pieces; piece++) this.#to(bezier(all, piece / pieces));
  }

  /** SVG 2, appendix B.2.4: from the end points of an arc to its centre. */
  #arc([rx = 0, ry = 0, degrees = 0, large = 0, sweep = 0]: readonly number[], end: Point): void {
    const [[x1, y1], [x2, y2]] = [this.#at, end];
    if (rx === 0 || ry === 0 || (x1 === x2 && y1 === y2)) {
      this.#to(end);
      return;
    }
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const [dx, dy] = [(x1 - x2) / 2, (y1 - y2) / 2];
    const [px, py] = [cos * dx + sin * dy, cos * dy - sin * dx];
    const grow = Math.sqrt(Math.max(1, (px / rx) ** 2 + (py / ry) ** 2));
    const [a, b] = [Math.abs(rx) * grow, Math.abs(ry) * grow];
    const rest = (a * b) ** 2 - (a * py) ** 2 - (b * px) ** 2;
    const factor =
      Math.sqrt(Math.max(0, rest / ((a * py) ** 2 + (b * px) ** 2))) * (large === sweep ? -1 : 1);
    const [cx, cy] = [(factor * a * py) / b, (-factor * b * px) / a];
    const from = Math.atan2((py - cy) / b, (px - cx) / a);
    let turn = Math.atan2((-py - cy) / b, (-px - cx) / a) - from;
    if (sweep && turn < 0) turn += 2 * Math.PI;
    if (!sweep && turn > 0) turn -= 2 * Math.PI;
    const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2];
    for (let piece = 1; piece < 2 * pieces; piece++) {
      const angle = from + (turn * piece) / (2 * pieces);
      const [u, v] = [cx + a * Math.cos(angle), cy + b * Math.sin(angle)];
      this.#to([cos * u - sin * v + mx, sin * u + cos * v + my]);
    }
    this.#to(end);
  }
}

function bezier(points: readonly Point[], t: number): Point {
  if (points.length === 1) return points[0] ?? [0, 0];
  const next = points.slice(1).map(([x, y], index): Point => {
    const [px, py] = points[index] ?? [0, 0];
    return [px + t * (x - px), py + t * (y - py)];
  });
  return bezier(next, t);
}

/** The length of polylines. */
export function lengthOf(lines: readonly (readonly Point[])[]): number {
  let length = 0;
  eachPiece(lines, (_from, _to, piece) => {
    length += piece;
    return false;
  });
  return length;
}

/** The point that lies so far along polylines; their ends beyond them. */
export function pointAt(lines: readonly (readonly Point[])[], distance: number): Point {
  let found: Point = lines[0]?.[0] ?? [0, 0];
  let rest = Math.max(0, distance);
  eachPiece(lines, (from, to, piece) => {
    const share = piece === 0 ? 0 : Math.min(1, rest / piece);
    found = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    rest -= piece;
    return rest <= 0;
  });
  return found;
}

function eachPiece(
  lines: readonly (readonly Point[])[],
  visit: (from: Point, to: Point, length: number) => boolean,
): void {
  for (const line of lines) {
    for (let at = 1; at < line.length; at++) {
      const from = line[at - 1] ?? origin;
      const to = line[at] ?? origin;
      if (visit(from, to, Math.hypot(to[0] - from[0], to[1] - from[1]))) return;
    }
  }
}
