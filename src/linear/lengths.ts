import { norm } from './vectors.ts';

/** Below this share of what it was, what is left of a length has lost its digits to subtractions. */
const EXACT = Math.sqrt(Number.EPSILON);

/**
 * How long the columns are below a row that goes down, from their lengths before: they lose the number in that row.
 *
 * @see Drmač & Bujanović, "On the Failure of Rank-Revealing QR Factorization Software – A Case Study", ACM Transactions
 * on Mathematical Software 35, 2008 (when to compute them anew)
 */
export class Lengths {
  readonly #now: Float64Array;
  readonly #computed: Float64Array;

  constructor(columns: readonly Float64Array[]) {
    this.#now = Float64Array.from(columns, (column) => norm(column));
    this.#computed = this.#now.slice();
  }

  /** The longest column from the `from`-th on. */
  longest(from: number): number {
    let best = from;
    for (let j = from; j < this.#now.length; j++) if (this.#now[j]! > this.#now[best]!) best = j;
    return best;
  }

  /** Tells of two columns that have changed places. */
  swap(a: number, b: number): void {
    for (const lengths of [this.#now, this.#computed]) [lengths[a], lengths[b]] = [lengths[b]!, lengths[a]!];
  }

  /** Leaves out a row of the columns behind. */
  leaveOut(columns: readonly Float64Array[], row: number): void {
    for (let j = row + 1; j < columns.length; j++) {
      const before = this.#now[j]!;
      if (before === 0) continue;
      const share = Math.max(0, 1 - (columns[j]![row]! / before) ** 2);
      if (share * (before / this.#computed[j]!) ** 2 > EXACT) this.#now[j] = before * Math.sqrt(share);
      else this.#now[j] = this.#computed[j] = norm(columns[j]!, row + 1);
    }
  }
}
