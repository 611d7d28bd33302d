import type { Residuals } from '../objective.ts';
import { type Outcome, type Settings, Stops } from '../settings.ts';
import type { StopReason } from '../types.ts';
import { addScaled } from '../vectors.ts';
import { trustStep } from './damped.ts';
import { halfSquare, type Linearized, linearize, outcomeOf, scaledLength } from './linearized.ts';

/** The first radius, in lengths of x. */
const FIRST_RADIUS = 1;
/** The share of the predicted decrease that a step must bring. */
const ENOUGH = 1e-4;

/** A step that was tried: its residuals, and how it compares with what was predicted. */
interface Attempt {
  readonly x: Float64Array;
  readonly residuals: Float64Array;
  readonly length: number;
  readonly actual: number;
  readonly predicted: number;
  /** The slope of the reduction at the start. */
  readonly slope: number;
}

/**
 * Minimises ½‖r(x)‖² by steps of damped least squares within a region that grows while they do what they promise.
 * The region is an ellipsoid scaled by the columns of the Jacobian.
 *
 * @see Moré, "The Levenberg–Marquardt Algorithm: Implementation and Theory", Lecture Notes in Mathematics 630, 1978
 */
export function levenbergMarquardt(problem: Residuals, start: Float64Array, settings: Settings): Outcome {
  return new Run(problem, start, settings).run();
}

class Run {
  readonly #problem: Residuals;
  readonly #settings: Settings;
  readonly #scales: Float64Array;
  #here: Linearized;
  #radius: number;
  #lambda = 0;

  constructor(problem: Residuals, start: Float64Array, settings: Settings) {
    this.#problem = problem;
    this.#settings = settings;
    this.#here = linearize(problem, start.slice(), problem.residuals(start));
    this.#scales = this.#here.lengths.map((length) => length || 1);
    this.#radius = FIRST_RADIUS * (scaledLength(this.#scales, start) || 1);
  }

  run(): Outcome {
    const stops = new Stops(this.#settings, this.#problem);
    let reason = stops.atStart(this.#here);
    let iterations = 0;
    while (reason === undefined) {
      const before = this.#here;
      reason = this.#improve();
      if (this.#here === before) break;
      iterations += 1;
      const moved = this.#here.x.map((value, j) => value - before.x[j]!);
      const step = scaledLength(this.#scales, moved) / scaledLength(this.#scales, this.#here.x);
      const stopped = stops.after({ count: iterations, before: before.value, place: this.#here, step });
      reason = stopped ?? reason;
    }
    return outcomeOf(this.#here, iterations, reason!);
  }

  /** Goes on to a better place; returns why there is no further one, if so. */
  #improve(): StopReason | undefined {
    const here = this.#here;
    const factored = here.factored();
    const gradient = here.gradient.map((value) => -value);
    let wasFinite = false;
    for (;;) {
      const { step, lambda, length } = trustStep(
        factored,
        this.#scales,
        gradient,
        this.#radius,
        this.#lambda,
      );
      this.#lambda = lambda;
      const attempt = this.#attempt(step, lambda, length);
      wasFinite ||= Number.isFinite(attempt.actual);
      const ratio = attempt.actual / attempt.predicted;
      this.#adapt(attempt, ratio);
      if (ratio >= ENOUGH) this.#accept(attempt);
      const isSmall = Math.abs(attempt.actual) <= Number.EPSILON && attempt.predicted <= Number.EPSILON;
      if (isSmall && ratio <= 2) return 'functionTolerance';
      const size = scaledLength(this.#scales, here.x);
      const shortest = Math.max(this.#settings.stepTolerance, Number.EPSILON) * size;
      if (this.#radius <= shortest) return wasFinite ? 'stepTolerance' : 'notFinite';
      if (ratio >= ENOUGH) return undefined;
      if (this.#problem.evaluations >= this.#settings.maxEvaluations) return 'maxEvaluations';
    }
  }

  /** The reductions are relative to ‖r‖². */
  #attempt(step: Float64Array, lambda: number, length: number): Attempt {
    const here = this.#here;
    const x = new Float64Array(step.length);
    addScaled(x, here.x, 1, step);
    const residuals = this.#problem.residuals(x);
    const before = 2 * here.value;
    const linear = here.lengthAlong(step) ** 2 / before;
    const actual = 1 - (2 * halfSquare(residuals)) / before;
    const damping = (lambda * length ** 2) / before;
    const predicted = linear + 2 * damping;
    return { x, residuals, length, actual, predicted, slope: -(linear + damping) };
  }

  #adapt({ length, actual, slope }: Attempt, ratio: number): void {
    if (!Number.isFinite(actual) || ratio <= 0.25) {
      // Where the parabola through the values and the slope has its minimum, between a tenth and a half.
      const shrink = actual >= 0 ? 0.5 : (0.5 * slope) / (slope + 0.5 * actual);
      const factor = actual > -99 && shrink >= 0.1 ? shrink : 0.1;
      this.#radius = factor * Math.min(this.#radius, 10 * length);
      this.#lambda /= factor;
    } else if (this.#lambda === 0 || ratio >= 0.75) {
      this.#radius = 2 * length;
      this.#lambda *= 0.5;
    }
  }

  #accept({ x, residuals }: Attempt): void {
    const here = linearize(this.#problem, x, residuals);
    here.lengths.forEach((length, j) => {
      this.#scales[j] = Math.max(this.#scales[j]!, length);
    });
    this.#here = here;
  }
}
