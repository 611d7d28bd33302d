// Metrics that are no mean over samples: their sums are kept over an epoch, where tfjs takes the mean of what
// they are in each batch.
import {
  add,
  cast,
  dispose,
  div,
  divNoNan,
  equal,
  greater,
  keep,
  mean,
  mul,
  scalar,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import { type LayersModel, metrics } from '@tensorflow/tfjs-layers';
import { internals } from './internals.ts';

interface Streaming {
  /** What is summed up over the batches. */
  sums(yTrue: Tensor, yPred: Tensor): Tensor[];
  /** What those of two parts make together; their sums if left out. */
  merge?(before: readonly Tensor[], now: readonly Tensor[]): Tensor[];
  /** The metric, from those sums. */
  value(sums: Tensor[]): Tensor;
}

/** Keras's threshold: above it a prediction counts as positive. */
const THRESHOLD = 0.5;

const added = (before: readonly Tensor[], now: readonly Tensor[]): Tensor[] =>
  now.map((one, i) => add(before[i]!, one));

const count = (flags: Tensor): Tensor => sum(cast(flags, 'float32'));

/** Hits over what `all` counts; 0 where there are none. */
const share = (all: (labels: Tensor, predicted: Tensor) => Tensor): Streaming => ({
  sums(yTrue, yPred) {
    const labels = cast(equal(yTrue, 1), 'float32');
    const predicted = cast(greater(yPred, THRESHOLD), 'float32');
    return [count(mul(labels, predicted)), count(all(labels, predicted))];
  },
  value: ([hits, of]) => divNoNan(hits!, of!),
});

/**
 * 1 − Σ(y − p)²/Σ(y − ȳ)², for a truth without spread scikit-learn's 1 where all is hit and 0 else. The second sum is
 * about the mean of each batch, and these are merged (Chan et al., 1983): Σy² − nȳ² keeps no digit where ȳ is large.
 */
const r2: Streaming = {
  sums(yTrue, yPred) {
    const y = cast(yTrue, 'float32');
    const center = mean(y);
    return [sum(square(sub(y, yPred))), center, sum(square(sub(y, center))), scalar(y.size)];
  },
  merge([residuals, center, spread, n], [newResiduals, newCenter, newSpread, newN]) {
    const total = add(n!, newN!);
    const share = div(newN!, total);
    const step = sub(newCenter!, center!);
    const between = mul(square(step), mul(n!, share));
    return [
      add(residuals!, newResiduals!),
      add(center!, mul(step, share)),
      add(add(spread!, newSpread!), between),
      total,
    ];
  },
  value: ([residuals, , spread]) =>
    where(equal(spread!, 0), cast(equal(residuals!, 0), 'float32'), sub(1, div(residuals!, spread!))),
};

const STREAMING: ReadonlyMap<unknown, Streaming> = new Map<unknown, Streaming>([
  [metrics.precision, share((_, predicted) => predicted)],
  [metrics.recall, share((labels) => labels)],
  [metrics.r2Score, r2],
]);

/** Names that `metrics` of `compile` takes beside those that tfjs knows there. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  precision: metrics.precision,
  recall: metrics.recall,
  r2Score: metrics.r2Score,
};

type Entry<T> = T | readonly T[] | Readonly<Record<string, T | readonly T[]>>;

/** The same metrics, those of these names as functions. */
export function byFunction<T>(given: Entry<T>): Entry<T> {
  if (typeof given === 'string') return (BY_NAME[given] ?? given) as T;
  if (Array.isArray(given)) return given.map((one) => byFunction(one)) as T[];
  if (given === null || typeof given !== 'object') return given;
  return Object.fromEntries(Object.entries(given).map(([name, one]) => [name, byFunction(one)])) as Entry<T>;
}

/** Sums of the metrics of models, by the place among the model's metrics. */
export class Sums {
  readonly #sums: WeakMap<LayersModel, Map<number, Tensor[]>> = new WeakMap();

  /** Begins anew. */
  reset(model: LayersModel): void {
    for (const sums of this.#sums.get(model)?.values() ?? []) dispose(sums);
    this.#sums.delete(model);
  }

  /** Adds a batch to the sums of the model's `k`-th metric; its value so far, undefined for any other metric. */
  add(model: LayersModel, k: number, yTrue: Tensor, yPred: Tensor): Tensor | undefined {
    const streaming = STREAMING.get(internals(model).metricsTensors[k]![0]);
    if (streaming === undefined) return undefined;
    const ofModel = this.#sums.get(model) ?? new Map<number, Tensor[]>();
    this.#sums.set(model, ofModel);
    const before = ofModel.get(k);
    const sums = tidy(() => {
      const now = streaming.sums(yTrue, yPred);
      const both = before === undefined ? now : (streaming.merge ?? added)(before, now);
      return both.map((one) => keep(one));
    });
    if (before) dispose(before);
    ofModel.set(k, sums);
    return tidy(() => streaming.value(sums));
  }

  /** The sums themselves by the places of the metrics, as plain numbers. */
  save(model: LayersModel): [k: number, sums: number[]][] {
    return [...(this.#sums.get(model) ?? [])].map(([k, sums]) => [k, sums.map((one) => one.dataSync()[0]!)]);
  }

  /** Goes on from sums that `save` gave. */
  restore(model: LayersModel, saved: readonly (readonly [k: number, sums: readonly number[]])[]): void {
    this.reset(model);
    const entries = saved.map(([k, sums]): [number, Tensor[]] => [k, sums.map((one) => keep(scalar(one)))]);
    if (entries.length > 0) this.#sums.set(model, new Map(entries));
  }

  /** The metrics by their places, over all batches since the beginning. */
  values(model: LayersModel): [k: number, value: Tensor][] {
    return [...(this.#sums.get(model) ?? [])].map(([k, sums]) => [
      k,
      tidy(() => STREAMING.get(internals(model).metricsTensors[k]![0])!.value(sums)),
    ]);
  }
}
