import type { Residuals } from '../objective.ts';
import { type Outcome, type Settings, Stops } from '../settings.ts';
import { addScaled, dot } from '../vectors.ts';
import { solveDamped } from './damped.ts';
import { halfSquare, type Linearized, linearize, outcomeOf, scaledLength } from './linearized.ts';

const DECREASE = 1e-4;
const MAX_TRIALS = 60;

/**
 * Minimises ½‖r(x)‖² by steps of least squares on the linearized residuals, each cut until the value is low enough.
 *
 * @see Nocedal & Wright, "Numerical Optimization", 2nd ed., 2006, section 10.3
 */
export function gaussNewton(problem: Residuals, start: Float64Array, settings: Settings): Outcome {
  const stops = new Stops(settings, problem);
  let here = linearize(problem, start.slice(), problem.residuals(start));
  let reason = stops.atStart(here);
  let iterations = 0;
  while (reason === undefined) {
    const { step } = solveDamped(here.factored());
    const slope = dot(here.gradient, step);
    // Less than this is rounding of the value.
    const isFlat = -slope <= 4 * problem.precision * here.value;
    const next = cut(problem, here, step, slope);
    if (next === undefined) {
      reason = isFlat ? 'functionTolerance' : 'lineSearchFailed';
      break;
    }
    const before = here;
    here = next;
    iterations += 1;
    const moved = here.x.map((value, j) => value - before.x[j]!);
    // A coordinate may have lost its slope by the step itself, which is not short for that.
    const scales = here.lengths.map((value, j) => Math.max(value, before.lengths[j]!));
    const length = scaledLength(scales, moved) / scaledLength(scales, here.x);
    reason = stops.after({ count: iterations, before: before.value, place: here, step: length });
    if (reason === undefined && isFlat) reason = 'functionTolerance';
  }
  return outcomeOf(here, iterations, reason);
}

/** The place that a part of the step leads to, with a value that is low enough. */
function cut(
  problem: Residuals,
  here: Linearized,
  step: Float64Array,
  slope: number,
): Linearized | undefined {
  let share = 1;
  const x = new Float64Array(step.length);
  for (let count = 0; count < MAX_TRIALS; count++) {
    addScaled(x, here.x, share, step);
    const residuals = problem.residuals(x);
    const value = halfSquare(residuals);
    if (value <= here.value + DECREASE * share * slope) return linearize(problem, x, residuals);
    // The minimum of the parabola through both values and the slope, between a tenth and a half.
    const parabola = (-slope * share ** 2) / (2 * (value - here.value - slope * share));
    share = Math.min(Math.max(Number.isFinite(value) ? parabola : 0, 0.1 * share), 0.5 * share);
  }
  return undefined;
}
