import type { LayersModel } from '@tensorflow/tfjs-layers';
import { internals } from '../backend/layers/internals.ts';
import { training } from '../backend/layers/steps.ts';
import { ArgumentError, describe } from '../core/check.ts';
import { checkModel, graphOf } from './batch.ts';
import type { Logs } from './callbacks.ts';
import { CallbackList } from './fit/callbackList.ts';
import { drawSeed } from './fit/chance.ts';
import { Checkpoint, type Kept } from './fit/checkpoint.ts';
import type { Data } from './fit/data.ts';
import { type FitHistory, makeHistory } from './fit/history.ts';
import { type OpenLot, train } from './fit/loop.ts';
import { Meter } from './fit/meter.ts';
import { type FitOptions, type Settings, settingsOf } from './fit/options.ts';
import { Report } from './fit/report.ts';
import { TrainingRun } from './fit/run.ts';
import { exclusively } from './fit/session.ts';
import { type Sources, sourcesOf } from './fit/sources.ts';
import { TensorSource } from './fit/tensors.ts';
import { rateOf } from './learningRate.ts';

/** What is freed in any case. */
interface Open extends OpenLot {
  sources?: Sources;
}

/** At once: after an interrupt nothing is waited for. */
function free({ sources, lot }: Open): void {
  lot?.free();
  sources?.dispose().catch(() => {});
}

/** The model, if it was compiled. */
function compiledGraph(model: unknown): [LayersModel, LayersModel] {
  const checked = checkModel('fit', model);
  const graph = graphOf(checked);
  if (!graph.optimizer) {
    const allowed = 'a model that was compiled with an optimizer and a loss';
    throw new ArgumentError('fit', 'model', 'one that was not compiled', allowed);
  }
  if (internals(graph).collectedTrainableWeights.every(({ trainable }) => !trainable)) {
    throw new ArgumentError('fit', 'model', 'one without weights that are trained', 'a model with some');
  }
  return [checked, graph];
}

/** The names of what an epoch reports. */
function metricsOf(graph: LayersModel, meter: Meter, isValidated: boolean): string[] {
  const rate = rateOf(graph.optimizer) === undefined ? [] : ['learningRate'];
  return [...meter.names, ...(isValidated ? meter.names.map((name) => `val_${name}`) : []), ...rate];
}

/** Trains from where the training is to its end, and calls what is to be called then in any case. */
async function carryOut(
  kept: Kept,
  { data, validation }: Sources,
  settings: Settings,
  { checkpoint, seed, open }: { checkpoint: Checkpoint | undefined; seed: number; open: Open },
): Promise<void> {
  const { graph, run, callbacks } = kept;
  const every = settings.checkpoint?.every;
  const keep = (when: 'step' | 'epoch' | 'end'): Promise<void> | undefined => {
    const isStep = typeof every === 'number' && run.at.step % every === 0;
    const isDue = when === 'end' || (when === 'epoch' ? every === 'epoch' : isStep);
    return isDue ? checkpoint?.save(kept, seed) : undefined;
  };
  callbacks.introduce(graph, {
    epochs: run.epochs,
    samples: data.samples ?? null,
    steps: data.steps ?? null,
    batchSize: kept.data.batchSize,
    doValidation: validation !== undefined,
    metrics: run.metrics,
  });
  graph.stopTraining = false;
  let logs: Logs = {};
  let hasFailed = true;
  const report = new Report(run, settings.progress);
  try {
    await callbacks.trainBegin(run);
    logs = await train({ ...kept, report, data, validation, seed, keep, open });
    hasFailed = false;
  } finally {
    report.end();
    // What has failed before is what is told.
    await callbacks.trainEnd(logs, run).catch((error: unknown) => {
      if (!hasFailed) throw error;
    });
  }
}

/**
 * Trains a model that was compiled with a loss, an optimizer and, if wanted, metrics.
 *
 * Each epoch takes all samples once, in another order, a batch a step, along the compiled plan of the model where it
 * has one (see `compileStep`); then it validates. What is reported is over the whole epoch: means over all samples,
 * precision, recall and R² from all of them. In a notebook a bar and a chart show how far it is, in a terminal a bar.
 *
 * With a `seed` the same call on a new model of the same weights gives the same numbers, bit for bit: it decides the
 * order of the samples, and what layers without a seed of their own draw, such as dropout (for the time of each step it
 * seeds `Math.random`). It decides neither the initial weights (an initializer takes a seed) nor what data that comes
 * in batches, and callbacks, draw by themselves. Back ends, processors and versions of Node round differently.
 *
 * With a `checkpoint` the training is kept in a file: weights, state of the optimizer, place in the data, history, and
 * the states of callbacks that have one. The same call again, in a new process with a new model too, goes on from
 * there, and comes to the same numbers as without the break, which may also be a callback's: one that stops the training
 * in `onStepEnd`. What was stopped at the end of an epoch, as by `earlyStopping`, has ended. More `epochs` may be asked
 * for. What began to train anew begins with a new file.
 *
 * A loss or gradient that is NaN or infinite ends the training with an error that names the step, the layer and its
 * norms, and leaves the model as it was before that step (see `terminateOnNaN` for an end without an error).
 *
 * @param model a tf.LayersModel that was compiled
 * @param data samples as `[x, y]`, `[x, y, sampleWeight]` or `{ x, y }`, each in tensors or arrays, of several inputs or
 *   outputs in a list or by name; or batches of them: an iterable or iterator, also an async one, a dataset of tf.data,
 *   or a function of the epoch, from 0, that makes one. Tensors that were made by what gives batches are freed after
 *   their step, unless `tf.keep` kept them
 * @param options `epochs` (1), `batchSize` (32, or all samples where there are fewer), `validation` (data, or in (0, 1)
 *   the share of the samples to hold out, the last ones), `callbacks` (also those of tfjs), `seed`, `shuffle` (true),
 *   `classWeight`, `stepsPerEpoch` and `validationSteps` for data in batches, `checkpoint` (a path, or `{ path, every }`
 *   with 'epoch' or a number of steps), `progress` (true)
 * @returns a promise of the history: `epoch`, `history` by metric, `steps`, `seed`, `stopReason`; it shows itself as charts
 * @throws ArgumentError for data that does not fit the model, labels that name no class, options that do not exist or are
 *   out of range, a checkpoint of another training; NonFiniteError for a loss that is not finite
 *
 * @example
 * const { x, y } = datasets.moons({ samples: 400, noise: 0.1, seed: 1 });
 * const model = tf.sequential({ layers: [
 *   tf.layers.dense({ units: 16, activation: 'relu', inputShape: [2] }),
 *   tf.layers.dense({ units: 2, activation: 'softmax' }),
 * ] });
 * model.compile({ optimizer: tf.train.adam(0.01), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
 * await training.fit(model, [x, y], { epochs: 5, validation: 0.2, seed: 1 });
 */
export async function fit(model: LayersModel, data: Data, options: FitOptions = {}): Promise<FitHistory> {
  const settings = settingsOf(options);
  const [checked, graph] = compiledGraph(model);
  const callbacks = new CallbackList(settings.callbacks);
  if (settings.checkpoint && graph.stateful) {
    const allowed = 'left out for a model that is stateful: it does not keep the states of its layers';
    throw new ArgumentError('fit', 'checkpoint', describe(settings.checkpoint.path), allowed);
  }
  const checkpoint = settings.checkpoint && new Checkpoint(settings.checkpoint.path);
  const seed = settings.seed ?? checkpoint?.seed ?? drawSeed();
  const open: Open = {};
  return exclusively(
    graph,
    () => free(open),
    async () => {
      const sources = await sourcesOf(graph, data, settings, seed);
      open.sources = sources;
      const meter = new Meter(graph, training);
      const run = new TrainingRun(
        checked,
        settings.epochs,
        metricsOf(graph, meter, sources.validation !== undefined),
      );
      run.stepsPerEpoch = sources.data.steps;
      const kept: Kept = {
        graph,
        run,
        callbacks,
        meter,
        course: {},
        epochs: [],
        data: {
          samples: sources.data.samples ?? null,
          batchSize: sources.data instanceof TensorSource ? sources.data.batchSize : null,
          shuffle: settings.shuffle,
        },
      };
      await checkpoint?.restore(kept, seed);
      await carryOut(kept, sources, settings, { checkpoint, seed, open });
      await sources.dispose();
      const { course, epochs } = kept;
      return makeHistory({
        epoch: epochs,
        history: course,
        steps: run.at.step,
        seed,
        stopReason: run.stopReason,
      });
    },
  );
}
