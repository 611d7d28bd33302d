import { clone, dispose, mul, Tensor, tidy } from '@tensorflow/tfjs-core';
import {
  callbacks,
  type EarlyStoppingCallbackArgs,
  type LayersModel,
  type Logs,
  EarlyStopping as Stock,
} from '@tensorflow/tfjs-layers';

/** Metrics that are better when they are larger; losses and errors are better when they are smaller. */
const LARGER = /acc|auc|precision|recall|f1|r2/i;

/** Copies that no later step writes into. */
const copies = (weights: Tensor[]): Tensor[] =>
  weights.map((one) => tidy(() => (one.dtype === 'float32' ? mul(one, 1) : clone(one))));

/** Turns tensors into numbers, and frees them. */
async function resolve(logs: Record<string, unknown>): Promise<void> {
  for (const [name, value] of Object.entries(logs)) {
    if (!(value instanceof Tensor)) continue;
    logs[name] = (await value.data())[0];
    value.dispose();
  }
}

/**
 * Stops training when a monitored quantity has stopped improving.
 *
 * @param args `monitor` ('val_loss'); `minDelta` ≥ 0 (0), what counts as an improvement; `patience` (0), the epochs
 * without one; `mode`, 'min', 'max' or 'auto' ('max' for accuracy, precision, recall, AUC, F1 and R²); `baseline`,
 * which an improvement must also beat to count against patience; `restoreBestWeights`, which leaves the model with
 * the weights of its best epoch, also where training was not stopped
 *
 * @example
 * await model.fit(x, y, { callbacks: tf.callbacks.earlyStopping({ patience: 3, restoreBestWeights: true }) });
 */
export class EarlyStopping extends Stock {
  readonly #restores: boolean;
  readonly #sign: 1 | -1;
  #best: number = Number.POSITIVE_INFINITY;
  #weights: Tensor[] = [];
  #waited = 0;
  #stoppedAt: number | undefined;

  constructor(args: EarlyStoppingCallbackArgs = {}) {
    const { restoreBestWeights = false, ...rest } = args;
    super(rest);
    this.#restores = restoreBestWeights;
    const isLarger = this.mode === 'auto' ? LARGER.test(this.monitor) : this.mode === 'max';
    this.#sign = isLarger ? -1 : 1;
  }

  /** Whether `value`, to be made small, is better than `than` by more than the smallest difference. */
  #improves(value: number, than: number): boolean {
    return value + Math.abs(this.minDelta) < than;
  }

  override async onTrainBegin(): Promise<void> {
    this.#best = Number.POSITIVE_INFINITY;
    this.#waited = 0;
    this.#stoppedAt = undefined;
    this.#keep([]);
  }

  #keep(weights: Tensor[]): void {
    dispose(this.#weights);
    this.#weights = weights;
  }

  override async onEpochEnd(epoch: number, logs: Logs = {}): Promise<void> {
    await resolve(logs);
    const value = logs[this.monitor];
    if (value === undefined) {
      console.warn(
        `earlyStopping: ${this.monitor} is not among what is reported: ${Object.keys(logs).join(', ')}`,
      );
      return;
    }
    const model = this.model as LayersModel;
    const current = value * this.#sign;
    this.#waited++;
    if (this.#improves(current, this.#best)) {
      this.#best = current;
      if (this.#restores) this.#keep(copies(model.getWeights()));
      if (this.baseline == null || this.#improves(current, this.baseline * this.#sign)) this.#waited = 0;
    }
    if (this.#waited > 0 && this.#waited >= this.patience) {
      this.#stoppedAt = epoch;
      model.stopTraining = true;
    }
  }

  override async onTrainEnd(): Promise<void> {
    if (this.#weights.length > 0) (this.model as LayersModel).setWeights(this.#weights);
    this.#keep([]);
    if (this.#stoppedAt !== undefined && this.verbose) {
      console.log(`Epoch ${this.#stoppedAt}: early stopping.`);
    }
  }
}

callbacks.earlyStopping = (args) => new EarlyStopping(args);
