import { lineSearch } from './lineSearch.ts';
import type { Objective } from './objective.ts';
import { type Outcome, type Place, relativeStep, type Settings, Stops } from './settings.ts';
import type { StopReason } from './types.ts';
import { dot, maxAbs, subtract } from './vectors.ts';

/** Where a method goes from a place. */
export interface Direction {
  /** The first step to try along it, and the largest one. */
  first: number;
  max: number;
}

/** What makes a method of line searches: where it goes, and what it learns on the way. */
export interface Strategy {
  /** Writes a direction of descent into `out`. */
  direction(x: Float64Array, gradient: Float64Array, out: Float64Array): Direction;
  /** Learns from a step and the change of the gradient along it. */
  learn(step: Float64Array, change: Float64Array): void;
  /** Forgets what it has learned; false if that is nothing. */
  forget(): boolean;
  /** The size of the gradient that the tolerance is about; the largest entry by default. */
  measure?(x: Float64Array, gradient: Float64Array): number;
}

/** Minimises by line searches along the directions of a strategy. */
export function descend(
  objective: Objective,
  start: Float64Array,
  strategy: Strategy,
  settings: Settings,
): Outcome {
  const n = objective.size;
  let [x, gradient] = [start.slice(), new Float64Array(n)];
  let [nextX, nextGradient] = [new Float64Array(n), new Float64Array(n)];
  const [direction, step, change] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const measure = (at: Float64Array, g: Float64Array): number => strategy.measure?.(at, g) ?? maxAbs(g);
  const stops = new Stops(settings, objective);
  let value = objective.evaluate(x, gradient);
  let place: Place = { x, gradient, value, gradientNorm: measure(x, gradient) };
  let reason = stops.atStart(place);
  let iterations = 0;
  let wasFlat = false;
  let wasFalling = false;
  let steepest = place.gradientNorm;
  /** Whether the gradient is no larger than its error, so that lines along it need not fall. */
  const isLost = ({ gradientNorm }: Place): boolean =>
    gradientNorm <= (objective.gradientPrecision ?? 0) * steepest;
  while (reason === undefined) {
    const { first, max } = strategy.direction(x, gradient, direction);
    const slope = dot(gradient, direction);
    if (!(slope < 0)) {
      // Rounding has spoiled what was learned; the gradient alone always descends.
      if (strategy.forget()) continue;
      reason = 'lineSearchFailed';
      break;
    }
    const found = lineSearch(objective, { x, direction, value, slope, first, max }, nextX, nextGradient);
    if (found.outcome !== 'found') {
      wasFlat ||= found.outcome === 'flat';
      if (strategy.forget()) continue;
      // Of a value that fell without end the rounding is large, and says nothing.
      const isFlat = wasFlat && !wasFalling;
      const outcome = found.outcome === 'flat' ? 'failed' : found.outcome;
      reason = failures[isFlat || isLost(place) ? 'flat' : outcome];
      break;
    }
    wasFlat = false;
    wasFalling = found.rest === 'falling';
    subtract(step, nextX, x);
    subtract(change, nextGradient, gradient);
    strategy.learn(step, change);
    const moved = relativeStep(x, nextX);
    [x, nextX, gradient, nextGradient] = [nextX, x, nextGradient, gradient];
    const before = value;
    value = found.value;
    place = { x, gradient, value, gradientNorm: measure(x, gradient) };
    iterations += 1;
    steepest = Math.max(steepest, place.gradientNorm);
    reason = stops.after({ count: iterations, before, place, step: moved });
    if (found.rest !== undefined && isLost(place)) reason ??= 'functionTolerance';
  }
  return { ...place, iterations, reason };
}

const failures: Record<'failed' | 'flat' | 'notFinite', StopReason> = {
  failed: 'lineSearchFailed',
  flat: 'functionTolerance',
  notFinite: 'notFinite',
};
