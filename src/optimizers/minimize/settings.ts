import type { Objective } from './objective.ts';
import type { StopReason } from './types.ts';

/** What a run was asked to do, checked, with its defaults. */
export interface Settings {
  readonly tolerance: number;
  readonly functionTolerance: number;
  readonly stepTolerance: number;
  readonly maxIterations: number;
  readonly maxEvaluations: number;
  /** Is told of each iteration; true stops. */
  readonly callback: ((iteration: number, end: Place) => boolean) | undefined;
}

/** A place with what is known of it. */
export interface Place {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
  readonly gradientNorm: number;
}

/** Where a run ended. */
export interface Outcome extends Place {
  readonly iterations: number;
  readonly reason: StopReason;
}

/** An iteration as the stops see it. */
interface Iteration {
  readonly count: number;
  readonly before: number;
  readonly place: Place;
  /** The length of the step, relative to x. */
  readonly step: number;
}

/** After so many iterations without a lower value or a smaller gradient, there is nothing left but rounding. */
const PATIENCE = 5;

/** Decides after each iteration whether a run is over. */
export class Stops {
  readonly #settings: Settings;
  readonly #objective: Pick<Objective, 'precision' | 'evaluations'>;
  #least = Infinity;
  #leastGradient = Infinity;
  #idle = 0;

  constructor(settings: Settings, objective: Pick<Objective, 'precision' | 'evaluations'>) {
    this.#settings = settings;
    this.#objective = objective;
  }

  /** Why a run ends at its start, if it does. */
  atStart({ value, gradientNorm }: Place): StopReason | undefined {
    if (!Number.isFinite(value) || !Number.isFinite(gradientNorm)) return 'notFinite';
    if (gradientNorm <= this.#settings.tolerance) return 'gradientTolerance';
    if (this.#settings.maxIterations === 0) return 'maxIterations';
    return undefined;
  }

  /** Why a run ends after this iteration, if it does. */
  after({ count, before, place, step }: Iteration): StopReason | undefined {
    const { tolerance, functionTolerance, stepTolerance, maxIterations, maxEvaluations, callback } =
      this.#settings;
    const { value, gradientNorm } = place;
    if (callback?.(count, place)) return 'callback';
    if (gradientNorm <= tolerance) return 'gradientTolerance';
    const size = Math.max(Math.abs(before), Math.abs(value));
    if (before - value <= functionTolerance * size && functionTolerance > 0) return 'functionTolerance';
    if (step <= stepTolerance && stepTolerance > 0) return 'stepTolerance';
    if (this.#isIdle(value, gradientNorm)) return 'functionTolerance';
    if (count >= maxIterations) return 'maxIterations';
    if (this.#objective.evaluations >= maxEvaluations) return 'maxEvaluations';
    return undefined;
  }

  #isIdle(value: number, gradientNorm: number): boolean {
    const isLower = value < this.#least - this.#objective.precision * Math.abs(this.#least);
    const isFlatter = gradientNorm < this.#leastGradient;
    this.#least = Math.min(this.#least, value);
    this.#leastGradient = Math.min(this.#leastGradient, gradientNorm);
    this.#idle = isLower || isFlatter || this.#least === Infinity ? 0 : this.#idle + 1;
    return this.#idle >= PATIENCE;
  }
}

/** The length of the step from `a` to `b`, relative to `b` where that is longer than 1. */
export function relativeStep(a: Float64Array, b: Float64Array): number {
  let [step, size] = [0, 1];
  for (let i = 0; i < a.length; i++) {
    step = Math.max(step, Math.abs(b[i]! - a[i]!));
    size = Math.max(size, Math.abs(b[i]!));
  }
  return step / size;
}
