import type { Optimizer } from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import { onInterrupt } from '../backend/layers/onInterrupt.ts';
import { training, trainStep } from '../backend/layers/steps.ts';
import { ArgumentError, checkNumber, checkOptions, describe } from '../core/check.ts';
import { tidyTree } from '../core/tree.ts';
import type { Figure } from '../display/figure.ts';
import { graphOf } from './batch.ts';
import type { Data } from './fit/data.ts';
import type { Lot } from './fit/lots.ts';
import { rateOf, setRate } from './learningRate.ts';
import { batchesOf, sourceFor } from './rates/batches.ts';
import { rateFigure } from './rates/chart.ts';
import { lowestOf, smooth, steepestOf } from './rates/curve.ts';
import { keepModel } from './rates/kept.ts';

/** Options of `findLearningRate`. */
export interface FindLearningRateOptions {
  /** The first rate, above 0; 1e-7 by default. */
  min?: number | undefined;
  /** The last rate, above `min`; 10 by default. */
  max?: number | undefined;
  /** How many rates are tried, and steps taken, at least 2; 100 by default. */
  steps?: number | undefined;
  /** The samples of a step where the data are all samples; 32 by default. */
  batchSize?: number | undefined;
  /** How much of the loss of a step is taken from its neighbours, β in [0, 1); 0.8 by default. */
  smoothing?: number | undefined;
  /** The test ends where the running mean of the loss is this many times its least value, above 1; 4 by default. */
  divergence?: number | undefined;
  /** Of the order of samples; 0 by default. */
  seed?: number | undefined;
}

/** What a range test has measured. */
export interface RateCurve {
  /** The learning rates that were tried, growing. */
  readonly rates: readonly number[];
  /** The loss of the batch of each rate, before the step that was taken with it. */
  readonly losses: readonly number[];
  /** The same without most of their noise. */
  readonly smoothed: readonly number[];
  /** The rate at which the smoothed loss falls fastest, per factor of the rate; NaN if it never falls. */
  readonly suggestion: number;
  /** The rate with the least smoothed loss: one that large no longer helps. */
  readonly minimum: number;
  /** A tenth of `minimum`, another customary choice. */
  readonly tenth: number;
  /** Why the test ended. */
  readonly reason: 'steps' | 'diverged' | 'not finite' | 'data ended';
}

/** A range test, which a notebook shows as a chart; `String(…)` gives its marks. */
export interface RateSearch extends RateCurve, Figure {}

type Checked = { readonly [K in keyof FindLearningRateOptions]-?: number };

const WHERE = 'findLearningRate';
/** Of the running mean by which divergence is seen. */
const MEMORY = 0.9;
/** So few losses have no mean yet. */
const FIRST = 5;

function checkAll(options: FindLearningRateOptions): Checked {
  const names = ['min', 'max', 'steps', 'batchSize', 'smoothing', 'divergence', 'seed'];
  checkOptions(WHERE, options, names);
  const above = (limit: number) => ({ min: limit, exclusiveMin: true });
  const min = checkNumber(WHERE, 'min', options.min ?? 1e-7, above(0));
  return {
    min,
    max: checkNumber(WHERE, 'max', options.max ?? 10, above(min)),
    steps: checkNumber(WHERE, 'steps', options.steps ?? 100, { min: 2, integer: true }),
    batchSize: checkNumber(WHERE, 'batchSize', options.batchSize ?? 32, { min: 1, integer: true }),
    smoothing: checkNumber(WHERE, 'smoothing', options.smoothing ?? 0.8, {
      ...{ min: 0, max: 1, exclusiveMax: true },
    }),
    divergence: checkNumber(WHERE, 'divergence', options.divergence ?? 4, above(1)),
    seed: checkNumber(WHERE, 'seed', options.seed ?? 0, { min: 0, max: 0xffffffff, integer: true }),
  };
}

/** The optimizer of a model that was compiled. */
function checkModel(model: unknown): Optimizer {
  if (!(model instanceof LayersModel))
    throw new ArgumentError(WHERE, 'model', describe(model), 'a tf.LayersModel');
  const { optimizer, loss } = model;
  if (!optimizer || !loss)
    throw new ArgumentError(WHERE, 'model', 'one that was not compiled', 'a model that was compiled');
  if (rateOf(optimizer) === undefined)
    throw new Error(`${WHERE}: the optimizer of the model has no learning rate to set`);
  return optimizer;
}

type Measured = Pick<RateCurve, 'rates' | 'losses' | 'reason'> & { readonly limit: number };

/** Takes the steps, one with each rate. */
async function measure(
  step: (lot: Lot, rate: number) => number,
  batches: AsyncGenerator<Lot, undefined>,
  { min, max, steps, divergence }: Checked,
): Promise<Measured> {
  const [rates, losses]: [number[], number[]] = [[], []];
  let [mean, best] = [0, Number.POSITIVE_INFINITY];
  const ended = (reason: RateCurve['reason']): Measured => ({
    rates,
    losses,
    reason,
    limit: divergence * best,
  });
  for (let i = 0; i < steps; i++) {
    const { value: lot } = await batches.next();
    if (lot === undefined) return ended('data ended');
    const rate = min * (max / min) ** (i / (steps - 1));
    const loss = step(lot, rate);
    if (!Number.isFinite(loss)) return ended('not finite');
    rates.push(rate);
    losses.push(loss);
    mean = MEMORY * mean + (1 - MEMORY) * loss;
    const unbiased = mean / (1 - MEMORY ** (i + 1));
    if (i >= FIRST && best > 0 && unbiased > divergence * best) return ended('diverged');
    best = Math.min(best, unbiased);
  }
  return ended('steps');
}

function curveOf({ rates, losses, reason, limit }: Measured, smoothing: number): RateCurve {
  if (losses.length < 2) {
    const at = losses.length === 0 ? 'the first' : 'the second';
    const why = reason === 'not finite' ? 'the loss is no finite number' : 'there are no more data';
    throw new Error(`${WHERE}: ${why} at ${at} step; look at the data, or begin with a smaller min`);
  }
  // One loss of 10⁹ would reach far back.
  const bounded = limit > 0 ? losses.map((loss) => Math.min(loss, limit)) : losses;
  const smoothed = smooth(bounded, smoothing);
  const steepest = steepestOf(smoothed);
  const minimum = rates[lowestOf(smoothed)]!;
  const suggestion = steepest === undefined ? Number.NaN : rates[steepest]!;
  return { rates, losses, smoothed, suggestion, minimum, tenth: minimum / 10, reason };
}

/**
 * Finds a learning rate by training a few steps with rates that grow from step to step, and leaves model and optimizer
 * as they were.
 *
 * `ηᵢ = min·(max/min)^(i/(steps − 1))`. While the rate is too small the loss stays; then it falls, faster and faster,
 * and where the rate is too large it grows. The suggestion is where the smoothed loss falls fastest over log η,
 * after the first tenth of the steps, where a fall is most often noise; the rate of its minimum is too large already,
 * and a tenth of it is the other customary choice. A largest rate for `schedules.oneCycle` or `cyclic` lies between the
 * two.
 *
 * @param model a tf.LayersModel that was compiled; its weights and the state of its optimizer are the same afterwards,
 *   bit for bit, also after an error or an interrupt. Random numbers that dropout has drawn stay drawn.
 * @param data as `fit` takes it: `[x, y]`, `{ x, y }` or `[x, y, sampleWeight]`, all samples; or batches, as an
 *   iterable, a generator, a tf.data.Dataset or a function that makes them. What can be begun again is, where it ends
 *   before the steps
 * @param options `min` > 0 (1e-7), `max` (10), `steps` ≥ 2 (100), `batchSize` (32), `smoothing` in [0, 1) (0.8),
 *   `divergence` > 1 (4): how many times its least value the running mean of the loss may be; `seed` (0)
 * @returns `rates`, `losses`, `smoothed`, `suggestion`, `minimum`, `tenth` and the `reason` for the end; as a cell's
 *   result a chart. A loss that is no finite number ends the test and is left out
 * @throws ArgumentError for a model that was not compiled, data that do not fit and options out of range; Error for an
 *   optimizer without a learning rate, and when the loss is not finite from the beginning
 *
 * @example
 * const found = await training.findLearningRate(model, [x, y], { min: 1e-5, max: 1 });
 * model.optimizer.learningRate = found.suggestion;
 *
 * @see Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017
 */
export async function findLearningRate(
  model: LayersModel,
  data: Data,
  options: FindLearningRateOptions = {},
): Promise<RateSearch> {
  const checked = checkAll(options);
  const optimizer = checkModel(model);
  const graph = graphOf(model);
  const source = await sourceFor(WHERE, graph, data, checked);
  const batches = batchesOf(source);
  const restore = keepModel(model, optimizer);
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    restore();
    // What metrics have gathered.
    training.reset(graph);
  };
  // Behind an interrupt nothing goes on, also not what is in `finally`; or a part of the cell does.
  const takeBack = onInterrupt(end);
  const step = (lot: Lot, rate: number): number => {
    try {
      if (isOver) throw new Error(`${WHERE}: the cell was interrupted`);
      setRate(WHERE, optimizer, rate);
      return tidyTree(() => trainStep(graph, lot.batch)[0]!);
    } finally {
      lot.free();
    }
  };
  try {
    const curve = curveOf(await measure(step, batches, checked), checked.smoothing);
    // Its entries are the numbers, which can be cloned.
    return Object.defineProperty(Object.assign(rateFigure(curve), curve), 'toString', { enumerable: false });
  } finally {
    takeBack();
    end();
    await batches.return(undefined);
    await source.dispose();
  }
}
