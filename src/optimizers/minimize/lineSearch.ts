import { nextStep, type Trial } from './cubic.ts';
import type { Objective } from './objective.ts';
import { addScaled, dot } from './vectors.ts';

/** What a line search is given beside the objective. */
export interface Line {
  /** Where it starts. */
  x: Float64Array;
  /** Which way it goes. */
  direction: Float64Array;
  /** The value at the start, and the slope there along the direction, below 0. */
  value: number;
  slope: number;
  /** The first step to try, and the largest one. */
  first: number;
  max: number;
}

/** Where a line search ended: `x` and `gradient` of the caller hold the point. */
export interface Found {
  step: number;
  value: number;
  /** `flat`: no step lowered the value, and none could by more than its rounding. */
  outcome: 'found' | 'failed' | 'flat' | 'notFinite';
  /** Of a step that lowers the value without satisfying the conditions: whether the line still fell where it ended. */
  rest?: 'bracketed' | 'falling';
}

/** The conditions' constants: enough decrease, enough flattening. */
const DECREASE = 1e-4;
const CURVATURE = 0.9;
/** The interval may be this small, relative to its upper end. */
const WIDTH = 1e-14;
/** A sum that cancels in part has rounded its larger terms: so many times the rounding of the value itself. */
const ROUNDING = 32;
/** Of the rounding of the value. */
const LOST = 0.001;
const MAX_TRIALS = 40;
const MAX_BACKOFFS = 60;

/**
 * A step that satisfies the strong Wolfe conditions, by the algorithm of Moré & Thuente:
 *
 * `f(x + αp) ≤ f(x) + 10⁻⁴·α·pᵀ∇f(x)` and `|pᵀ∇f(x + αp)| ≤ 0.9·|pᵀ∇f(x)|`
 *
 * Where the decrease drowns in the rounding of f, the approximate conditions of Hager & Zhang take their place,
 * which compare slopes only. A step to where f is not finite is cut to a quarter.
 *
 * @see Moré & Thuente, "Line Search Algorithms with Guaranteed Sufficient Decrease", ACM TOMS 20, 1994
 * @see Hager & Zhang, "A New Conjugate Gradient Method with Guaranteed Descent", SIAM J. Optim. 16, 2005
 */
export function lineSearch(objective: Objective, line: Line, x: Float64Array, gradient: Float64Array): Found {
  const search = new Search(objective, line, x, gradient);
  return search.run();
}

class Search {
  readonly #objective: Objective;
  readonly #line: Line;
  readonly #x: Float64Array;
  readonly #gradient: Float64Array;
  readonly #noise: number;
  #max: number;

  constructor(objective: Objective, line: Line, x: Float64Array, gradient: Float64Array) {
    this.#objective = objective;
    this.#line = line;
    this.#x = x;
    this.#gradient = gradient;
    this.#max = line.max;
    this.#noise = ROUNDING * objective.precision * Math.abs(line.value);
  }

  run(): Found {
    const { value: value0, slope: slope0, first } = this.#line;
    const start: Trial = { step: 0, value: value0, slope: slope0 };
    let [best, other] = [start, start];
    let bracketed = false;
    let isFirstStage = true;
    let [width, widthBefore] = [this.#max, 2 * this.#max];
    let step = Math.min(first, this.#max);
    for (let count = 0; count < MAX_TRIALS; count++) {
      const trial = this.#evaluateNear(best.step, step);
      if (trial === undefined) return this.#end(best, 'notFinite', bracketed);
      if (this.#isGood(trial)) return { step: trial.step, value: trial.value, outcome: 'found' };
      // All that the slope promises for so short a step is lost in rounding.
      if (-slope0 * trial.step <= LOST * this.#noise) break;
      const bound = value0 + DECREASE * trial.step * slope0;
      if (trial.step === this.#max && trial.value <= bound && trial.slope <= DECREASE * slope0) {
        return { step: trial.step, value: trial.value, outcome: 'found' };
      }
      if (isFirstStage && trial.value <= bound && trial.slope >= DECREASE * slope0) isFirstStage = false;
      // The first stage works on f − 10⁻⁴·α·slope while only it has a lower value.
      const tilt = isFirstStage && trial.value <= best.value && trial.value > bound ? DECREASE * slope0 : 0;
      const tilted = ({ step, value, slope }: Trial): Trial => ({
        step,
        value: value - step * tilt,
        slope: slope - tilt,
      });
      const [b, o, t] = [tilted(best), tilted(other), tilted(trial)];
      const limits: [number, number] = bracketed
        ? [Math.min(best.step, other.step), Math.max(best.step, other.step)]
        : [trial.step + 1.1 * (trial.step - best.step), trial.step + 4 * (trial.step - best.step)];
      const [next, isBracketed] = nextStep(b, o, t, bracketed, limits);
      if (t.value > b.value) other = trial;
      else {
        if (t.slope * (b.step - t.step) < 0) other = best;
        best = trial;
      }
      bracketed = isBracketed;
      step = next;
      if (bracketed) {
        const size = Math.abs(other.step - best.step);
        if (size >= 0.66 * widthBefore || !Number.isFinite(step))
          step = best.step + 0.5 * (other.step - best.step);
        [width, widthBefore] = [size, width];
        if (size <= WIDTH * Math.max(best.step, other.step)) break;
      } else if (!Number.isFinite(step)) step = limits[1];
      step = Math.min(Math.max(step, 0), this.#max);
    }
    return this.#end(best, 'failed', bracketed);
  }

  /** The trial at `step`, or nearer to `good` where f is not finite there. */
  #evaluateNear(good: number, step: number): Trial | undefined {
    let at = step;
    for (let count = 0; count < MAX_BACKOFFS; count++) {
      const trial = this.#evaluate(at);
      if (Number.isFinite(trial.value) && Number.isFinite(trial.slope)) return trial;
      at = good + (at - good) / 4;
      this.#max = Math.max(good, at);
    }
    return undefined;
  }

  #evaluate(step: number): Trial {
    addScaled(this.#x, this.#line.x, step, this.#line.direction);
    const value = this.#objective.evaluate(this.#x, this.#gradient);
    return { step, value, slope: dot(this.#gradient, this.#line.direction) };
  }

  #isGood({ step, value, slope }: Trial): boolean {
    const { value: value0, slope: slope0 } = this.#line;
    if (value <= value0 + DECREASE * step * slope0 && Math.abs(slope) <= -CURVATURE * slope0) return true;
    return (
      value <= value0 + this.#noise && slope <= (2 * DECREASE - 1) * slope0 && slope >= CURVATURE * slope0
    );
  }

  /** The best trial, if it lowers the value. */
  #end(best: Trial, outcome: 'failed' | 'notFinite', bracketed: boolean): Found {
    const { value: value0, slope: slope0, first } = this.#line;
    if (best.step > 0 && best.value < value0) {
      const { value } = this.#evaluate(best.step);
      return { step: best.step, value, outcome: 'found', rest: bracketed ? 'bracketed' : 'falling' };
    }
    const isFlat = outcome === 'failed' && -slope0 * Math.min(1, first) <= 8 * this.#noise;
    return { step: 0, value: value0, outcome: isFlat ? 'flat' : outcome };
  }
}
