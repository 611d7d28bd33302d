/** How much of the newest measurement goes into a mean that moves; tqdm's `smoothing`. */
const SMOOTHING = 0.3;

/** A mean that forgets: the newest value weighs most. Its first values are not drawn towards 0. */
class MovingMean {
  #sum = 0;
  #weight = 0;

  add(value: number): void {
    this.#sum = SMOOTHING * value + (1 - SMOOTHING) * this.#sum;
    this.#weight = SMOOTHING + (1 - SMOOTHING) * this.#weight;
  }

  get value(): number {
    return this.#weight === 0 ? 0 : this.#sum / this.#weight;
  }
}

/** How many a second, from counts and times in milliseconds, as tqdm reckons. */
export class Meter {
  readonly #start: number;
  readonly #counts = new MovingMean();
  readonly #times = new MovingMean();
  #count = 0;
  #time: number;

  constructor(now: number) {
    this.#start = now;
    this.#time = now;
  }

  /** A count at a time; one that has not grown changes nothing. */
  sample(count: number, now: number): void {
    if (count <= this.#count || now <= this.#time) return;
    this.#counts.add(count - this.#count);
    this.#times.add(now - this.#time);
    this.#count = count;
    this.#time = now;
  }

  /** Seconds since the start. */
  elapsed(now: number): number {
    return (now - this.#start) / 1000;
  }

  /** The rate of late. */
  get rate(): number | undefined {
    const time = this.#times.value;
    return time > 0 ? (1000 * this.#counts.value) / time : undefined;
  }

  /** The rate over all the time. */
  mean(count: number, now: number): number | undefined {
    const elapsed = this.elapsed(now);
    return elapsed > 0 && count > 0 ? count / elapsed : undefined;
  }
}
