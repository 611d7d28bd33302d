/** A value of a metric. */
export interface Point {
  /** Which push it came with. */
  readonly order: number;
  readonly x: number;
  readonly y: number;
  /** No line leads to it: what came before was no number, or the axis went back. */
  readonly isStart: boolean;
}

/** Consecutive points, of which the lowest and the highest are kept. */
interface Bucket {
  readonly low: Point;
  readonly high: Point;
  readonly isStart: boolean;
}

/**
 * A line of bounded memory: the first and the last point, and of those between the extremes of runs of equal
 * length. When there are too many runs, each two neighbours become one. While they are few, nothing is lost.
 */
export class Series {
  readonly #maxBuckets: number;
  #buckets: Bucket[] = [];
  #open: Bucket | undefined;
  #filled = 0;
  #stride = 1;
  #first: Point | undefined;
  #last: Point | undefined;
  #count = 0;
  #isBroken = true;

  constructor(maxPoints: number) {
    this.#maxBuckets = Math.max(2, Math.floor((maxPoints - 4) / 2));
  }

  get last(): Point | undefined {
    return this.#last;
  }

  /** The next point begins a new line. */
  break(): void {
    this.#isBroken = true;
  }

  add(x: number, y: number): void {
    const isStart = this.#isBroken || x < (this.#last?.x ?? x);
    const point = { order: this.#count, x, y, isStart };
    this.#count += 1;
    this.#isBroken = false;
    this.#first ??= point;
    this.#last = point;
    const bucket = { low: point, high: point, isStart };
    this.#open = this.#open ? merged(this.#open, bucket) : bucket;
    this.#filled += 1;
    if (this.#filled < this.#stride) return;
    this.#buckets.push(this.#open);
    this.#open = undefined;
    this.#filled = 0;
    if (this.#buckets.length > this.#maxBuckets) this.#halve();
  }

  /** In the order of the pushes; no more than the `maxPoints` that the series was made with. */
  points(): Point[] {
    const found: Point[] = [];
    const take = (point: Point | undefined, isStart = false): void => {
      if (!point || point.order <= (found.at(-1)?.order ?? -1)) return;
      found.push(isStart && !point.isStart ? { ...point, isStart } : point);
    };
    take(this.#first);
    for (const bucket of this.#open ? [...this.#buckets, this.#open] : this.#buckets) {
      const { low, high, isStart } = bucket;
      const [one, two] = low.order < high.order ? [low, high] : [high, low];
      take(one, isStart);
      take(two);
    }
    take(this.#last);
    return found;
  }

  #halve(): void {
    const wide: Bucket[] = [];
    for (let i = 0; i + 1 < this.#buckets.length; i += 2) {
      wide.push(merged(this.#buckets[i]!, this.#buckets[i + 1]!));
    }
    if (this.#buckets.length % 2 === 1) {
      this.#open = this.#buckets.at(-1);
      this.#filled = this.#stride;
    }
    this.#buckets = wide;
    this.#stride *= 2;
  }
}

function merged(one: Bucket, two: Bucket): Bucket {
  return {
    low: two.low.y < one.low.y ? two.low : one.low,
    high: two.high.y > one.high.y ? two.high : one.high,
    isStart: one.isStart || two.isStart,
  };
}
