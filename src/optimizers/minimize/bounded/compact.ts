import type { Memory } from '../memory.ts';
import { dot } from '../vectors.ts';
import { solve } from './solve.ts';

/**
 * The Hessian that the last k steps make, B = θI − W·M·Wᵀ, where W = [Y, θS] has 2k columns and
 * M = [[−D, Lᵀ], [L, θSᵀS]]⁻¹ with D and L the diagonal of SᵀY and what is below it.
 *
 * @see Byrd, Nocedal & Schnabel, "Representations of Quasi-Newton Matrices and Their Use in Limited Memory Methods",
 * Math. Programming 63, 1994
 */
export class Compact {
  readonly theta: number;
  /** 2k */
  readonly width: number;
  readonly #memory: Memory;
  /** M, whose columns are its rows too. */
  readonly #columns: readonly Float64Array[];

  constructor(memory: Memory) {
    const k = memory.length;
    this.#memory = memory;
    this.theta = 1 / memory.gamma;
    this.width = 2 * k;
    const inverse = new Float64Array(4 * k * k);
    const set = (i: number, j: number, value: number): void => {
      inverse[i * this.width + j] = value;
      inverse[j * this.width + i] = value;
    };
    for (let i = 0; i < k; i++) {
      for (let j = 0; j <= i; j++) {
        const product = dot(memory.step(i), memory.change(j));
        if (i === j) set(i, i, -product);
        else set(k + i, j, product);
        set(k + i, k + j, this.theta * dot(memory.step(i), memory.step(j)));
      }
    }
    this.#columns = Array.from({ length: 2 * k }, (_, i) => {
      const column = new Float64Array(2 * k);
      column[i] = 1;
      solve(inverse.slice(), column);
      return column;
    });
  }

  /** M·v */
  times(v: Float64Array): Float64Array {
    return Float64Array.from(this.#columns, (column) => dot(column, v));
  }

  /** Row `i` of W. */
  row(i: number): Float64Array {
    const k = this.width / 2;
    const row = new Float64Array(this.width);
    for (let j = 0; j < k; j++) {
      row[j] = this.#memory.change(j)[i]!;
      row[k + j] = this.theta * this.#memory.step(j)[i]!;
    }
    return row;
  }

  /** Wᵀv */
  project(v: Float64Array): Float64Array {
    const k = this.width / 2;
    const result = new Float64Array(this.width);
    for (let j = 0; j < k; j++) {
      result[j] = dot(this.#memory.change(j), v);
      result[k + j] = this.theta * dot(this.#memory.step(j), v);
    }
    return result;
  }
}
