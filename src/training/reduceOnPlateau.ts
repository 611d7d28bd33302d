import type { Optimizer, Scalar } from '@tensorflow/tfjs-core';
import { Callback } from '@tensorflow/tfjs-layers';
import { checkOptions } from '../core/check.ts';
import {
  type PlateauOptions,
  type PlateauSchedule,
  type PlateauState,
  reduceOnPlateau as plateauSchedule,
} from '../schedules/index.ts';
import { isScheduled, rateOf, setRate } from './learningRate.ts';
import { Monitor, type MonitorOptions } from './monitor.ts';

/** Options of `reduceOnPlateau`. */
export interface ReduceOnPlateauOptions
  extends Pick<MonitorOptions, 'monitor' | 'mode'>,
    Omit<PlateauOptions, 'initialValue' | 'mode'> {}

const WHERE = 'reduceOnPlateau';
const NAMES = [
  ...['monitor', 'mode', 'factor', 'patience', 'threshold', 'thresholdMode'],
  ...['minDelta', 'cooldown', 'minValue', 'epsilon'],
];

/** The logs of tfjs hold scalars as long as nobody has asked for their numbers. */
type AnyLogs = Readonly<Record<string, number | Scalar>>;

/** A callback that makes the learning rate smaller; see `reduceOnPlateau`. */
export class ReduceOnPlateau extends Callback {
  /** What error messages and checkpoints call it. */
  readonly name: string = WHERE;
  readonly #monitor: Monitor;
  readonly #schedule: PlateauSchedule;

  /** @throws ArgumentError when an option is not allowed */
  constructor(options: ReduceOnPlateauOptions = {}) {
    super();
    checkOptions(WHERE, options, NAMES);
    const { monitor, mode, ...others } = options;
    this.#monitor = new Monitor(WHERE, { monitor, mode });
    this.#schedule = plateauSchedule({ ...others, mode: this.#monitor.mode });
  }

  /** Rejects a schedule, a model without a rate and a quantity that is not measured before the first step. */
  override async onTrainBegin(): Promise<void> {
    this.#rate();
    const metrics: unknown = this.params?.metrics;
    if (Array.isArray(metrics)) this.#monitor.check({ metrics: metrics as string[] });
  }

  /** Looks at the quantity, and sets the rate of the next epoch. */
  override async onEpochEnd(_epoch: number, logs: AnyLogs = {}): Promise<void> {
    this.#monitor.check({ metrics: Object.keys(logs) });
    const logged = logs[this.#monitor.name]!;
    const metric = typeof logged === 'number' ? logged : (await logged.data())[0]!;
    const value = this.#rate();
    this.#schedule.setState({ ...this.#schedule.getState(), value });
    const next = this.#schedule.report(metric);
    if (next !== value) setRate(WHERE, this.#optimizer, next);
  }

  /** The best value so far and how long ago it was, which JSON can hold. */
  getState(): PlateauState {
    return this.#schedule.getState();
  }

  /** Takes what `getState` returned, also through JSON. */
  setState(state: PlateauState): void {
    this.#schedule.setState(state);
  }

  get #optimizer(): Optimizer {
    return this.model.optimizer;
  }

  #rate(): number {
    const rate = rateOf(this.#optimizer);
    if (rate === undefined) throw new Error(`${WHERE}: the optimizer has no learning rate to set`);
    if (!isScheduled(this.#optimizer)) return rate;
    throw new Error(
      `${WHERE}: the learning rate is a function of the step, which this callback would replace; ` +
        'give the optimizer a number, or report metrics to schedules.reduceOnPlateau',
    );
  }
}

/**
 * A callback that multiplies the learning rate by a factor when a quantity no longer improves, for `training.fit` and
 * `model.fit`.
 *
 * `η ← max(factor·η, minValue)` after the epoch that follows `patience` others in a row without improvement, as
 * PyTorch counts; `schedules.reduceOnPlateau` has the rule in full. It takes the rate as it finds it, and forgets
 * nothing from one call of `fit` to the next.
 *
 * @param options `monitor`: a name among the logs ('val_loss'); `mode`: 'min', 'max', or by the name ('auto');
 *   `factor` in (0, 1) (0.1), `patience` ≥ 0 (10), `threshold` ≥ 0 (0.0001), `thresholdMode` 'relative' or 'absolute'
 *   ('relative'), `minDelta` ≥ 0, Keras's name for an absolute threshold, `cooldown` ≥ 0 (0), `minValue` ≥ 0 (0),
 *   `epsilon` ≥ 0 (1e-8)
 * @returns a callback, which is a `tf.Callback`
 * @throws ArgumentError for an option that is not allowed, and for a quantity that is not among the logs; Error,
 *   when training begins, for an optimizer without a rate or with a schedule
 *
 * @example
 * const callbacks = [training.reduceOnPlateau({ monitor: 'loss', factor: 0.5, patience: 3 })];
 * await model.fit(x, y, { epochs: 30, callbacks });
 *
 * @see Paszke et al., "PyTorch: An Imperative Style, High-Performance Deep Learning Library", NeurIPS 2019
 * (ReduceLROnPlateau)
 */
export function reduceOnPlateau(options: ReduceOnPlateauOptions = {}): ReduceOnPlateau {
  return new ReduceOnPlateau(options);
}
