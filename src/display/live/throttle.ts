/** A clock and a timer that does not keep the process alive. */
export interface Timing {
  /** Milliseconds, of a clock that never goes back. */
  now(): number;
  /** Calls `work` once after `ms`, unless the function returned is called before. */
  later(work: () => void, ms: number): () => void;
}

/** Does its work at once or, where that was done a moment ago, a little later: the newest state is never lost. */
export class Throttle {
  readonly #work: () => void;
  readonly #interval: number;
  readonly #timing: Timing;
  #last = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(work: () => void, interval: number, timing: Timing) {
    this.#work = work;
    this.#interval = interval;
    this.#timing = timing;
  }

  /** There is something new. A loop that never waits is served by its own calls, since no timer runs then. */
  request(): void {
    const wait = this.#last + this.#interval - this.#timing.now();
    if (wait <= 0) this.flush();
    else this.#cancel ??= this.#timing.later(() => this.flush(), wait);
  }

  /** Does the work now. */
  flush(): void {
    this.stop();
    this.#last = this.#timing.now();
    this.#work();
  }

  /** What was put off is not done. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
