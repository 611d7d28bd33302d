import type { LayersModel } from '@tensorflow/tfjs-layers';
import { training, trainStep } from '../../backend/layers/steps.ts';
import { tidyTree } from '../../core/tree.ts';
import type { Logs } from '../callbacks.ts';
import { rateOf } from '../learningRate.ts';
import { NonFiniteError } from '../nonFinite.ts';
import type { CallbackList } from './callbackList.ts';
import { seeded } from './chance.ts';
import { Guard } from './guard.ts';
import { type Course, record } from './history.ts';
import { MovingWeights } from './layers.ts';
import type { Lot, Lots, Source } from './lots.ts';
import { evaluate, type Meter } from './meter.ts';
import type { Report } from './report.ts';
import type { TrainingRun } from './run.ts';

// Cells may replace these.
const { performance, setImmediate } = globalThis;

/** So often other work of the process has its turn. */
const YIELD_MS = 50;

/** The batch that is in use. */
export interface OpenLot {
  lot?: Lot | undefined;
}

/** What a training is made of. */
export interface Training {
  readonly graph: LayersModel;
  readonly run: TrainingRun;
  readonly data: Source;
  readonly validation: Source | undefined;
  readonly callbacks: CallbackList;
  readonly report: Report;
  readonly seed: number;
  readonly course: Course;
  readonly epochs: number[];
  readonly meter: Meter;
  /** Keeps the training as it is, where that is due: after a step, after an epoch, or at the end. */
  readonly keep: (when: 'step' | 'epoch' | 'end') => Promise<void> | undefined;
  /** Where a batch is put as long as it is in use: an interrupt ends that as well. */
  readonly open: OpenLot;
}

/** Lets other work have its turn now and then; undefined where nothing is to be waited for. */
function pauses(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    const now = performance.now();
    if (now - last < YIELD_MS) return undefined;
    last = now;
    return new Promise((resolve) => setImmediate(resolve));
  };
}

/** Takes one step; undefined where the loss was not finite and a callback ended the training for it. */
function stepper({ graph, run, callbacks, seed }: Training): (lot: Lot) => number[] | undefined {
  const guard = new Guard(graph);
  const moving = new MovingWeights(graph);
  return ({ batch }) => {
    const step = run.at.step + 1;
    moving.hold();
    try {
      // What a step holds is in a scope, which an interrupt ends.
      return tidyTree(() =>
        seeded(seed, step, () =>
          trainStep(graph, batch, (loss, gradients) => {
            guard.check(loss, gradients, batch, { step, epoch: run.at.epoch, epochs: run.epochs });
            if (callbacks.hasGradients) callbacks.gradients(step, gradients, run);
          }),
        ),
      );
    } catch (error) {
      moving.restore();
      if (!(error instanceof NonFiniteError)) throw error;
      callbacks.nonFinite(error, run);
      if (run.stopReason === undefined) throw error;
      return undefined;
    }
  };
}

/** One epoch of steps; false where it was ended before its time. */
async function trainEpoch(all: Training, lots: Lots, take: ReturnType<typeof stepper>): Promise<boolean> {
  const { graph, run, callbacks, report, meter, open } = all;
  const pause = pauses();
  for (;;) {
    const next = lots.next();
    const lot = next instanceof Promise ? await next : next;
    if (lot === undefined) return true;
    let values: number[] | undefined;
    open.lot = lot;
    try {
      if (callbacks.hasSteps) await callbacks.batchBegin(run.at.stepInEpoch, lot.size);
      values = take(lot);
    } finally {
      open.lot = undefined;
      lot.free();
    }
    if (values === undefined) return false;
    meter.add(values, lot.size);
    const batch = run.at.stepInEpoch;
    run.at.step++;
    run.at.stepInEpoch++;
    report.step(values[0]!);
    if (callbacks.hasSteps) {
      const logs = withRate(run, Object.fromEntries(meter.names.map((name, i) => [name, values[i]!])));
      await callbacks.stepEnd({ step: run.at.step, batch, size: lot.size }, logs, run);
    }
    const keeping = all.keep('step');
    if (keeping) await keeping;
    if (graph.stopTraining) run.stop('a callback set model.stopTraining');
    run.isBreak = run.stopReason !== undefined;
    if (run.isBreak && !isLast(run)) return false;
    const pausing = pause();
    if (pausing) {
      await pausing;
      await callbacks.yields(run.at.epoch, batch, { loss: values[0]! });
    }
  }
}

/** Whether the step that was taken is the last of its epoch. */
const isLast = ({ at, stepsPerEpoch }: TrainingRun): boolean => at.stepInEpoch === stepsPerEpoch;

function withRate({ optimizer }: TrainingRun, logs: Record<string, number>): Record<string, number> {
  const rate = rateOf(optimizer);
  if (rate !== undefined) logs.learningRate = rate;
  return logs;
}

/** What is left to be trained. */
export async function train(all: Training): Promise<Logs> {
  const { graph, run, data, validation, callbacks, report, course, epochs, meter } = all;
  const take = stepper(all);
  let logs: Logs = {};
  while (run.at.epoch < run.epochs && run.stopReason === undefined) {
    const { epoch, stepInEpoch } = run.at;
    await callbacks.epochBegin(epoch, run);
    if (stepInEpoch === 0) meter.reset();
    const lots = await data.open(epoch, stepInEpoch);
    let isWhole: boolean;
    try {
      isWhole = await trainEpoch(all, lots, take);
    } finally {
      await lots.end();
    }
    if (!isWhole) break;
    run.stepsPerEpoch ??= data.steps;
    const measured = withRate(run, meter.logs());
    const validated = validation ? await evaluate(graph, await validation.open(epoch, 0), pauses()) : {};
    const { learningRate, ...trained } = measured;
    logs = { ...trained, ...validated, ...(learningRate !== undefined && { learningRate }) };
    record(course, logs);
    epochs.push(epoch);
    report.epoch(epoch, logs);
    await callbacks.epochEnd(epoch, logs, run);
    if (graph.stopTraining) run.stop('a callback set model.stopTraining');
    run.at.epoch++;
    run.at.stepInEpoch = 0;
    await all.keep('epoch');
  }
  // What metrics have gathered of an epoch that was broken off belongs to it.
  await all.keep('end');
  training.reset(graph);
  return logs;
}
