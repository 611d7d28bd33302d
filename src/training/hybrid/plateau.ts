/** Tells when a loss no longer falls. */
export class Plateau {
  readonly #patience: number;
  readonly #minDelta: number;
  #best = Infinity;
  #idle = 0;

  /**
   * @param patience after so many losses that are not lower
   * @param minDelta by what share of the lowest one a loss must be lower to count
   */
  constructor(patience: number, minDelta: number) {
    this.#patience = patience;
    this.#minDelta = minDelta;
  }

  /** Takes the next loss; true if it makes a plateau. */
  add(loss: number): boolean {
    const isLower = this.#best === Infinity || loss < this.#best - this.#minDelta * Math.abs(this.#best);
    this.#idle = isLower ? 0 : this.#idle + 1;
    if (isLower) this.#best = loss;
    return this.#idle >= this.#patience;
  }
}
