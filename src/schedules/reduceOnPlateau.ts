import { ArgumentError, checkChoice, checkNumber, checkOptions, describe } from '../core/check.ts';
import { describeSchedule } from '../core/described.ts';
import type { Schedule } from '../core/types.ts';

/** Options of `reduceOnPlateau`. */
export interface PlateauOptions {
  /** The value at the beginning; 0.001 by default. */
  initialValue?: number | undefined;
  /** The factor in (0, 1) of each reduction; 0.1 by default. */
  factor?: number | undefined;
  /** How many reports in a row may be without improvement; the next one reduces the value. 10 by default. */
  patience?: number | undefined;
  /** Whether the least or the largest metric is the best; 'min' by default. */
  mode?: 'min' | 'max' | undefined;
  /** By how much a metric has to be better than the best, at least 0; 0.0001 by default. */
  threshold?: number | undefined;
  /** Keras's name for an absolute threshold, at least 0; in the place of `threshold` and `thresholdMode`. */
  minDelta?: number | undefined;
  /** Whether the threshold is a share of the best metric or a difference from it; 'relative' by default. */
  thresholdMode?: 'relative' | 'absolute' | undefined;
  /** How many reports after a reduction are not counted against the value; 0 by default. */
  cooldown?: number | undefined;
  /** The value is never reduced below this one, at least 0; 0 by default. */
  minValue?: number | undefined;
  /** A reduction by no more than this is not made; 1e-8 by default. */
  epsilon?: number | undefined;
}

/** What a plateau schedule remembers, which JSON can hold. */
export interface PlateauState {
  readonly value: number;
  /** The best metric so far; null before the first. */
  readonly best: number | null;
  /** How many reports in a row were without improvement. */
  readonly waited: number;
  /** How many reports are left of a cooldown. */
  readonly cooling: number;
}

/** A schedule that metrics change; see `reduceOnPlateau`. */
export interface PlateauSchedule extends Schedule {
  /** The value now, at whatever step. */
  readonly value: number;
  /**
   * Takes the metric of an epoch.
   *
   * @param metric a number; NaN and infinite ones are no improvement
   * @returns the value from now on
   * @throws ArgumentError for anything but a number
   */
  report(metric: number): number;
  /** What it remembers; `setState` with it, also through JSON, continues from there. */
  getState(): PlateauState;
  /** @throws ArgumentError for what `getState` cannot have returned; the schedule then keeps its own */
  setState(state: PlateauState): void;
}

type Checked = {
  readonly [K in Exclude<keyof PlateauOptions, 'minDelta'>]-?: Exclude<PlateauOptions[K], undefined>;
};

const NAMES = [
  ...['initialValue', 'factor', 'patience', 'mode', 'threshold', 'thresholdMode'],
  ...['minDelta', 'cooldown', 'minValue', 'epsilon'],
];

/** By how much a metric has to be better, by either of the names. */
function checkThreshold(
  where: string,
  options: PlateauOptions,
): Pick<Checked, 'threshold' | 'thresholdMode'> {
  const { minDelta, thresholdMode = 'relative' } = options;
  if (minDelta === undefined) {
    return {
      threshold: checkNumber(where, 'threshold', options.threshold ?? 1e-4, { min: 0 }),
      thresholdMode: checkChoice(where, 'thresholdMode', thresholdMode, ['relative', 'absolute']),
    };
  }
  const other = (['threshold', 'thresholdMode'] as const).find((name) => options[name] !== undefined);
  if (other !== undefined) {
    const allowed = 'with minDelta alone, which is an absolute threshold, or without it';
    throw new ArgumentError(where, 'options', `minDelta and ${other}`, allowed);
  }
  return { threshold: checkNumber(where, 'minDelta', minDelta, { min: 0 }), thresholdMode: 'absolute' };
}

/** Returns the options, each of them checked. */
function checkPlateau(where: string, options: PlateauOptions): Checked {
  const between = { min: 0, max: 1, exclusiveMin: true, exclusiveMax: true };
  const count = { min: 0, integer: true };
  const { mode = 'min' } = options;
  return {
    initialValue: checkNumber(where, 'initialValue', options.initialValue ?? 0.001, { min: 0 }),
    factor: checkNumber(where, 'factor', options.factor ?? 0.1, between),
    patience: checkNumber(where, 'patience', options.patience ?? 10, count),
    mode: checkChoice(where, 'mode', mode, ['min', 'max']),
    ...checkThreshold(where, options),
    cooldown: checkNumber(where, 'cooldown', options.cooldown ?? 0, count),
    minValue: checkNumber(where, 'minValue', options.minValue ?? 0, { min: 0 }),
    epsilon: checkNumber(where, 'epsilon', options.epsilon ?? 1e-8, { min: 0 }),
  };
}

function isBetter({ mode, threshold, thresholdMode }: Checked, metric: number, best: number): boolean {
  const sign = mode === 'min' ? -1 : 1;
  // A share of a negative best is taken of its size: less than the best itself would be an improvement otherwise.
  const share = best * (1 + sign * Math.sign(best) * threshold);
  const bound = thresholdMode === 'relative' ? share : best + sign * threshold;
  return mode === 'min' ? metric < bound : metric > bound;
}

/** What is remembered after a metric: PyTorch's rule, in which a report within a cooldown clears the waiting. */
function after(
  options: Checked,
  { value, best, waited, cooling }: PlateauState,
  metric: number,
): PlateauState {
  const improved = Number.isFinite(metric) && (best === null || isBetter(options, metric, best));
  const patient = improved || cooling > 0 ? 0 : waited + 1;
  const next = { best: improved ? metric : best, waited: patient, cooling: Math.max(0, cooling - 1) };
  if (patient <= options.patience) return { ...next, value };
  const reduced = Math.max(value * options.factor, options.minValue);
  const isReduced = value - reduced > options.epsilon;
  return { ...next, value: isReduced ? reduced : value, waited: 0, cooling: options.cooldown };
}

function checkState(state: unknown): PlateauState {
  const where = 'setState';
  checkOptions(where, state, ['value', 'best', 'waited', 'cooling']);
  const { value, best, waited, cooling } = state as PlateauState;
  if (best !== null && !Number.isFinite(best))
    throw new ArgumentError(where, 'best', describe(best), 'a finite number or null');
  return {
    value: checkNumber(where, 'value', value, { min: 0 }),
    best,
    waited: checkNumber(where, 'waited', waited, { min: 0, integer: true }),
    cooling: checkNumber(where, 'cooling', cooling, { min: 0, integer: true }),
  };
}

/**
 * A value that stays until a metric no longer improves, and is then multiplied by a factor.
 *
 * `s ← max(factor·s, minValue)` at the report after `patience` others in a row without improvement, as PyTorch counts
 * (Keras reduces one report earlier). A metric m improves on the best b by `m < b − margin` (for 'max' `m > b + margin`),
 * where the margin is threshold·|b| or, for 'absolute', the threshold. Unlike the other schedules it does not depend on
 * the step but on what it is told: give it to an optimizer, and `report` the validation loss after each epoch.
 *
 * @param options `initialValue` ≥ 0 (0.001); `factor` in (0, 1) (0.1); `patience`, an integer of at least 0 (10);
 *   `mode` 'min' or 'max' ('min'); `threshold` ≥ 0 (0.0001); `thresholdMode` 'relative' or 'absolute' ('relative');
 *   `minDelta` ≥ 0, Keras's name for an absolute threshold; `cooldown` ≥ 0 (0); `minValue` ≥ 0 (0); `epsilon` ≥ 0 (1e-8)
 * @returns a schedule with `value`, `report(metric)`, `getState()` and `setState(state)`
 * @throws ArgumentError when an option is out of range; when it is called, for a step that is negative or not finite
 *
 * @example
 * const rate = schedules.reduceOnPlateau({ initialValue: 0.1, patience: 1 });
 * [1, 0.9, 0.9, 0.9].map((loss) => rate.report(loss)); // 0.1, 0.1, 0.1, 0.01
 *
 * @see Paszke et al., "PyTorch: An Imperative Style, High-Performance Deep Learning Library", NeurIPS 2019
 * (ReduceLROnPlateau)
 */
export function reduceOnPlateau(options: PlateauOptions = {}): PlateauSchedule {
  const where = 'reduceOnPlateau';
  checkOptions(where, options, NAMES);
  const checked = checkPlateau(where, options);
  let state: PlateauState = { value: checked.initialValue, best: null, waited: 0, cooling: 0 };
  const schedule = (step: number): number => {
    checkNumber(where, 'step', step, { min: 0 });
    return state.value;
  };
  const members = {
    report: (metric: number): number => {
      if (typeof metric !== 'number')
        throw new ArgumentError('report', 'metric', describe(metric), 'a number');
      state = after(checked, state, metric);
      return state.value;
    },
    getState: () => ({ ...state }),
    setState: (given: PlateauState) => {
      state = checkState(given);
    },
  };
  const described = describeSchedule(schedule, {
    name: where,
    options: { ...checked },
    horizon: 100,
  });
  const whole = Object.assign(described, members);
  return Object.defineProperty(whole, 'value', { get: () => state.value }) as PlateauSchedule;
}
