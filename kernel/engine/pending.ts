/** Questions that wait for an answer with their number; each wait can have a bound. */
export class Pending<T> {
  readonly #waiting = new Map<number, (answer: T | undefined) => void>();
  #count = 0;

  /** A number to ask with and the answer to come: undefined when it does not come in time. */
  open(timeout?: number): [id: number, answer: Promise<T | undefined>] {
    this.#count += 1;
    const id = this.#count;
    const answer = new Promise<T | undefined>((resolve) => {
      const timer = timeout === undefined ? undefined : setTimeout(() => this.settle(id, undefined), timeout);
      this.#waiting.set(id, (value) => {
        clearTimeout(timer);
        resolve(value);
      });
    });
    return [id, answer];
  }

  settle(id: number, answer: T | undefined): void {
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    resolve?.(answer);
  }

  settleAll(answer: T | undefined): void {
    for (const id of [...this.#waiting.keys()]) this.settle(id, answer);
  }
}
