/** What TensorFlow.js reports of training. */
type Logs = Readonly<Record<string, number>>;

/** The callbacks that `model.fit` and `model.fitDataset` take. */
export interface FitCallbacks {
  onEpochEnd(epoch: number, logs?: Logs): void;
  onBatchEnd?(batch: number, logs?: Logs): void;
  onTrainEnd(): void;
}

/** Options of `fitCallbacks`. */
export interface FitOptions {
  /**
   * Whether every batch is a point, rather than every epoch; false by default. The numbers of each batch are then
   * read from the back end, and validation stands where its epoch ends.
   */
  batches?: boolean | undefined;
}

/** What callbacks need of a chart. */
interface Receiver {
  push(values: Readonly<Record<string, number>>): void;
  done(): void;
}

/** TensorFlow.js names what it measured in validation first; a reader looks for training first. */
function trainingFirst(logs: Logs): Logs {
  const entries = Object.entries(logs);
  const isValidation = ([name]: readonly [string, number]): boolean => name.startsWith('val_');
  return Object.fromEntries([
    ...entries.filter((entry) => !isValidation(entry)),
    ...entries.filter(isValidation),
  ]);
}

/** Callbacks that push what TensorFlow.js reports: epochs are counted from 1, batches over all epochs. */
export function callbacksOf(chart: Receiver, { batches = false }: FitOptions): FitCallbacks {
  const onTrainEnd = (): void => chart.done();
  if (!batches) {
    return {
      onEpochEnd: (epoch, logs = {}) => {
        if (Object.keys(logs).length > 0) chart.push({ epoch: epoch + 1, ...trainingFirst(logs) });
      },
      onTrainEnd,
    };
  }
  let step = 0;
  return {
    onBatchEnd: (_batch, { batch: _number, size: _size, ...metrics } = {}) => {
      step += 1;
      if (Object.keys(metrics).length > 0) chart.push({ step, ...metrics });
    },
    onEpochEnd: (_epoch, logs = {}) => {
      const validation = Object.entries(logs).filter(([name]) => name.startsWith('val_'));
      if (validation.length > 0) chart.push({ step, ...Object.fromEntries(validation) });
    },
    onTrainEnd,
  };
}
