// tfjs's logger takes the mean over batches of every metric. It is no part of what tfjs exports: it is met when
// it is told its model.
import { keep, Tensor } from '@tensorflow/tfjs-core';
import { Callback, type LayersModel } from '@tensorflow/tfjs-layers';
import { internals } from './internals.ts';
import { training } from './steps.ts';

type Logs = Record<string, number | Tensor>;

interface Logger {
  setModel(model: LayersModel): void;
  onEpochBegin(epoch: number, logs?: Logs): Promise<void>;
  onEpochEnd(epoch: number, logs?: Logs): Promise<void>;
}

/** The metrics that are no means, from their sums over the epoch. */
function correct(model: LayersModel, logs: Logs): void {
  const names = internals(model).getDedupedMetricsNames();
  for (const [k, value] of training.values(model)) {
    const name = names[k + 1]!;
    const before = logs[name];
    if (before instanceof Tensor) before.dispose();
    logs[name] = keep(value);
  }
}

function follow(logger: Logger, model: LayersModel): void {
  const { onEpochBegin, onEpochEnd } = logger;
  logger.onEpochBegin = async (epoch, logs) => {
    training.reset(model);
    await onEpochBegin.call(logger, epoch, logs);
  };
  logger.onEpochEnd = async (epoch, logs) => {
    await onEpochEnd.call(logger, epoch, logs);
    if (logs) correct(model, logs);
  };
}

const base: Logger = Object.getPrototypeOf(Callback.prototype);
const { setModel } = base;

base.setModel = function (model) {
  if (this.constructor.name === 'BaseLogger') follow(this, model);
  setModel.call(this, model);
};
