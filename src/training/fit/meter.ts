import type { LayersModel } from '@tensorflow/tfjs-layers';
import { internals } from '../../backend/layers/internals.ts';
import { evaluation, testStep, type training } from '../../backend/layers/steps.ts';
import type { Lots } from './lots.ts';

/** The sums of an epoch that is under way. */
export interface MeterState {
  readonly seen: number;
  readonly totals: Float64Array;
  /** Those of the metrics that are no means. */
  readonly streaming: readonly (readonly [k: number, sums: readonly number[]])[];
}

/** The loss and the metrics over an epoch: means weighted by the sizes of the batches, or what they are as a whole. */
export class Meter {
  readonly names: readonly string[];
  readonly #model: LayersModel;
  readonly #sums: typeof training;
  #totals: Float64Array;
  #seen = 0;

  constructor(model: LayersModel, sums: typeof training) {
    this.#model = model;
    this.#sums = sums;
    this.names = internals(model).getDedupedMetricsNames();
    this.#totals = new Float64Array(this.names.length);
  }

  reset(): void {
    this.#totals.fill(0);
    this.#seen = 0;
    this.#sums.reset(this.#model);
  }

  /** Adds what a batch gave. */
  add(values: readonly number[], size: number): void {
    for (let i = 0; i < values.length; i++) this.#totals[i]! += values[i]! * size;
    this.#seen += size;
  }

  /** The values over all batches since the beginning, with something in front of their names. */
  logs(prefix = ''): Record<string, number> {
    const means = Array.from(this.#totals, (total) => total / this.#seen);
    for (const [k, value] of this.#sums.values(this.#model)) {
      means[k + 1] = value.dataSync()[0]!;
      value.dispose();
    }
    return Object.fromEntries(this.names.map((name, i) => [prefix + name, means[i]!]));
  }

  save(): MeterState {
    const streaming = this.#sums.save(this.#model);
    return { seen: this.#seen, totals: this.#totals.slice(), streaming };
  }

  restore({ seen, totals, streaming }: MeterState): void {
    this.#seen = seen;
    this.#totals = totals.slice();
    this.#sums.restore(this.#model, streaming);
  }
}

/** The loss and the metrics of a model over batches that it is not trained on. */
export async function evaluate(
  model: LayersModel,
  lots: Lots,
  pause: () => Promise<void> | undefined,
): Promise<Record<string, number>> {
  const meter = new Meter(model, evaluation);
  meter.reset();
  try {
    for (;;) {
      const next = lots.next();
      const lot = next instanceof Promise ? await next : next;
      if (lot === undefined) return meter.logs('val_');
      try {
        meter.add(testStep(model, lot.batch), lot.size);
      } finally {
        lot.free();
      }
      await pause();
    }
  } finally {
    evaluation.reset(model);
    await lots.end();
  }
}
