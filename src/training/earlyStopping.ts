import { tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { shortNumber } from '../display/figure.ts';
import type { Callback, Logs, Run } from './callbacks.ts';
import { Monitor, type MonitorOptions } from './monitor.ts';

/** Options of `earlyStopping`. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** How many epochs without an improvement are borne, an integer of at least 0; 0 by default. */
  patience?: number | undefined;
  /** Whether the model is left with the weights of its best epoch; false by default. */
  restoreBest?: boolean | undefined;
  /** What an improvement must beat as well to count against patience. */
  baseline?: number | undefined;
  /** From which epoch on, counted from 0, it is looked at; 0 by default. */
  startFromEpoch?: number | undefined;
}

/** A callback that knows the best epoch of its training. */
export interface EarlyStopping extends Callback {
  /** The best value so far; undefined before the first. */
  readonly best: number | undefined;
  /** The epoch of it, from 0. */
  readonly bestEpoch: number | undefined;
}

/** A copy of a weight. */
interface Copy {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: Float32Array;
}

interface State {
  best: number;
  bestEpoch: number | null;
  waited: number;
  weights: readonly Copy[];
}

const WHERE = 'earlyStopping';

const copiesOf = (model: LayersModel): Copy[] =>
  model.weights.map((weight) => {
    const { shape, dtype } = weight.read();
    return { shape, dtype, values: weight.read().dataSync().slice() as Float32Array };
  });

function putBack(model: LayersModel, copies: readonly Copy[]): void {
  tidy(() => {
    for (const [i, { shape, dtype, values }] of copies.entries()) {
      // `setWeights` would apply constraints anew.
      (model.weights[i]!.read() as Variable).assign(tensor(values, [...shape], dtype as 'float32'));
    }
  });
}

class Stopping implements EarlyStopping {
  readonly name: string = WHERE;
  readonly #monitor: Monitor;
  readonly #patience: number;
  readonly #restores: boolean;
  readonly #baseline: number | undefined;
  readonly #start: number;
  #state: State;
  /** Whether the state is that of a training that goes on. */
  #goesOn = false;

  constructor(options: EarlyStoppingOptions) {
    const { patience = 0, restoreBest = false, baseline, startFromEpoch = 0 } = options;
    this.#monitor = new Monitor(WHERE, options);
    this.#patience = checkNumber(WHERE, 'patience', patience, { min: 0, integer: true });
    this.#start = checkNumber(WHERE, 'startFromEpoch', startFromEpoch, { min: 0, integer: true });
    if (typeof restoreBest !== 'boolean') {
      throw new ArgumentError(WHERE, 'restoreBest', describe(restoreBest), 'true or false');
    }
    this.#restores = restoreBest;
    this.#baseline = baseline === undefined ? undefined : checkNumber(WHERE, 'baseline', baseline);
    this.#state = this.#fresh();
  }

  get best(): number | undefined {
    return this.#state.bestEpoch === null ? undefined : this.#state.best;
  }

  get bestEpoch(): number | undefined {
    return this.#state.bestEpoch ?? undefined;
  }

  onTrainBegin(run: Run): void {
    this.#monitor.check(run);
    if (!this.#goesOn) this.#state = this.#fresh();
    this.#goesOn = false;
  }

  onEpochEnd(epoch: number, logs: Logs, run: Run): void {
    if (epoch < this.#start) return;
    const state = this.#state;
    const monitor = this.#monitor;
    const value = monitor.valueOf(logs);
    state.waited++;
    if (monitor.improves(value, state.best)) {
      state.best = value;
      state.bestEpoch = epoch;
      if (this.#restores) state.weights = copiesOf(run.model);
      if (this.#baseline === undefined || monitor.improves(value, this.#baseline)) state.waited = 0;
      return;
    }
    if (state.waited < this.#patience || epoch === 0) return;
    const best =
      state.bestEpoch === null
        ? ''
        : `; the best was ${shortNumber(state.best)} in epoch ${state.bestEpoch + 1}`;
    run.stop(`${WHERE}: ${monitor.name} has not improved for ${state.waited} epochs${best}`);
  }

  onTrainEnd(_logs: Logs, run: Run): void {
    putBack(run.model, this.#state.weights);
    this.#state.weights = [];
  }

  getState(): State {
    return { ...this.#state };
  }

  setState(state: unknown): void {
    this.#state = { ...(state as State) };
    this.#goesOn = true;
  }

  #fresh(): State {
    return { best: this.#monitor.worst, bestEpoch: null, waited: 0, weights: [] };
  }
}

/**
 * Ends a training when a quantity has stopped improving.
 *
 * An epoch improves it when it is better than in every epoch before by more than `minDelta`. After `patience` epochs
 * in a row without an improvement, one at least, the training ends.
 *
 * @param options `monitor` ('val_loss'), `patience` (0), `minDelta` ≥ 0 (0), `mode` ('auto', 'min', 'max'),
 *   `restoreBest` (false): the weights of the best epoch, also where the training came to its end by itself or by an
 *   error; `baseline`, which an improvement must also beat; `startFromEpoch` (0)
 * @returns a callback for `fit`, with `best` and `bestEpoch`
 * @throws ArgumentError for an option that is not allowed, at once; for a quantity that is not reported, when a
 *   training begins
 *
 * @example
 * const stopping = training.earlyStopping({ patience: 3, restoreBest: true });
 * await training.fit(model, [x, y], { epochs: 50, validation: 0.2, callbacks: stopping });
 * stopping.bestEpoch;
 *
 * @see Prechelt, "Early Stopping – But When?", in Neural Networks: Tricks of the Trade, Springer 1998
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  checkOptions(WHERE, options, [
    'monitor',
    'patience',
    'minDelta',
    'mode',
    'restoreBest',
    'baseline',
    'startFromEpoch',
  ]);
  return new Stopping(options);
}
