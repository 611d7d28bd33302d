import { addScaled, dot, scale } from './vectors.ts';

/** Steps whose change of the gradient is this small beside them tell nothing of the curvature but rounding. */
const CURVATURE = 2e-16;

/** The last steps s and changes y of the gradient, in memory laid out once. */
export class Memory {
  readonly capacity: number;
  readonly #steps: Float64Array[];
  readonly #changes: Float64Array[];
  readonly #inverse: Float64Array;
  readonly #alpha: Float64Array;
  #first = 0;
  #length = 0;
  #gamma = 1;

  constructor(size: number, capacity: number) {
    const rows = (): Float64Array[] => Array.from({ length: capacity }, () => new Float64Array(size));
    this.capacity = capacity;
    this.#steps = rows();
    this.#changes = rows();
    this.#inverse = new Float64Array(capacity);
    this.#alpha = new Float64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** yᵀs / yᵀy of the newest pair, the scale of the inverse Hessian. */
  get gamma(): number {
    return this.#gamma;
  }

  /** The pairs, the oldest first. */
  step(i: number): Float64Array {
    return this.#steps[this.#at(i)]!;
  }

  change(i: number): Float64Array {
    return this.#changes[this.#at(i)]!;
  }

  clear(): void {
    this.#length = 0;
    this.#first = 0;
    this.#gamma = 1;
  }

  /** Takes a pair in, in place of the oldest; returns false for one without positive curvature. */
  add(step: Float64Array, change: Float64Array): boolean {
    const curvature = dot(step, change);
    const square = dot(change, change);
    if (!(curvature > CURVATURE * square)) return false;
    const isFull = this.#length === this.capacity;
    const at = isFull ? this.#first : this.#at(this.#length);
    if (isFull) this.#first = (this.#first + 1) % this.capacity;
    else this.#length += 1;
    this.#steps[at]!.set(step);
    this.#changes[at]!.set(change);
    this.#inverse[at] = 1 / curvature;
    this.#gamma = curvature / square;
    return true;
  }

  /** Multiplies `d` by the inverse Hessian in two loops (Nocedal & Wright 2006, algorithm 7.4). */
  solve(d: Float64Array): void {
    for (let i = this.#length - 1; i >= 0; i--) {
      const at = this.#at(i);
      const alpha = this.#inverse[at]! * dot(this.#steps[at]!, d);
      this.#alpha[at] = alpha;
      addScaled(d, d, -alpha, this.#changes[at]!);
    }
    scale(d, this.#gamma, d);
    for (let i = 0; i < this.#length; i++) {
      const at = this.#at(i);
      const beta = this.#inverse[at]! * dot(this.#changes[at]!, d);
      addScaled(d, d, this.#alpha[at]! - beta, this.#steps[at]!);
    }
  }

  #at(i: number): number {
    return (this.#first + i) % this.capacity;
  }
}
