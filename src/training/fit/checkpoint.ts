import { tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ArgumentError } from '../../core/check.ts';
import type { CallbackList, SavedCallback } from './callbackList.ts';
import type { Course } from './history.ts';
import { difference, type Identity, modelIdentity, optimizerIdentity } from './identity.ts';
import type { Meter, MeterState } from './meter.ts';
import { type PlainTensor, restoreOptimizer, type SavedOptimizer, saveOptimizer } from './optimizerState.ts';
import type { Position, TrainingRun } from './run.ts';
import { readState, writeState } from './stateFile.ts';

const FORMAT = 'descent-training';
const VERSION = 1;

/** What of the data must be the same. */
interface DataIdentity {
  readonly samples: number | null;
  readonly batchSize: number | null;
  readonly shuffle: boolean;
}

/** A training as a file keeps it. */
interface Saved {
  readonly version: number;
  readonly identity: { readonly model: Identity; readonly optimizer: Identity; readonly data: DataIdentity };
  readonly seed: number;
  readonly at: Position;
  readonly stopReason: string | null;
  readonly epochs: readonly number[];
  readonly course: Course;
  readonly meter: MeterState;
  readonly weights: readonly (PlainTensor & { readonly name: string })[];
  readonly optimizer: SavedOptimizer;
  readonly callbacks: readonly SavedCallback[];
}

/** What is kept of a training. */
export interface Kept {
  readonly graph: LayersModel;
  readonly run: TrainingRun;
  readonly callbacks: CallbackList;
  readonly meter: Meter;
  readonly course: Course;
  readonly epochs: number[];
  readonly data: DataIdentity;
}

/** A file that a training is kept in. */
export class Checkpoint {
  readonly #path: string;
  readonly #saved: Saved | undefined;

  /** @throws Error when there is a file that cannot be read, or is none of these */
  constructor(path: string) {
    this.#path = path;
    const saved = readState(path, FORMAT) as Saved | undefined;
    if (saved !== undefined && saved.version !== VERSION) {
      throw new Error(
        `fit: the checkpoint ${path} is of version ${saved.version}; this program reads ${VERSION}`,
      );
    }
    this.#saved = saved;
  }

  /** The seed that the training began with; undefined where there is no file yet. */
  get seed(): number | undefined {
    return this.#saved?.seed;
  }

  #identityOf({ graph, run, data }: Kept): Saved['identity'] {
    return { model: modelIdentity(run.model, graph), optimizer: optimizerIdentity(run.optimizer), data };
  }

  /**
   * Puts the training where the file has it.
   *
   * @throws ArgumentError when the file is of another model, optimizer, data or seed, and says what differs
   */
  async restore(kept: Kept, seed: number): Promise<void> {
    const saved = this.#saved;
    const identity = this.#identityOf(kept);
    if (saved === undefined) return;
    const differs = difference({ ...saved.identity, seed: saved.seed }, { ...identity, seed });
    if (differs !== undefined) {
      const received = `${this.#path}, where ${differs}`;
      throw new ArgumentError(
        'fit',
        'checkpoint',
        received,
        'that of the same training, or a file of a new name',
      );
    }
    const { graph, run, callbacks, meter, course, epochs } = kept;
    const names = new Map(saved.weights.map(({ name }, i) => [name, graph.weights[i]!.originalName]));
    writeWeights(graph, saved.weights);
    await restoreOptimizer(run.optimizer, saved.optimizer, names);
    callbacks.restore(saved.callbacks);
    meter.restore(saved.meter);
    Object.assign(run.at, saved.at);
    Object.assign(course, saved.course);
    epochs.push(...saved.epochs);
    run.stopReason = saved.stopReason ?? undefined;
  }

  /** Keeps the training as it is now. */
  async save(kept: Kept, seed: number): Promise<void> {
    const { graph, run, callbacks, meter, course, epochs } = kept;
    const saved: Saved = {
      version: VERSION,
      identity: this.#identityOf(kept),
      seed,
      at: { ...run.at },
      stopReason: run.isBreak ? null : (run.stopReason ?? null),
      epochs,
      course,
      meter: meter.save(),
      weights: weightsOf(graph),
      optimizer: await saveOptimizer(run.optimizer),
      callbacks: callbacks.save(),
    };
    writeState(this.#path, FORMAT, saved);
  }
}

/** Copies of all weights, with their names. */
function weightsOf(graph: LayersModel): Saved['weights'] {
  return graph.weights.map((weight) => {
    const { shape, dtype } = weight.read();
    const values = weight.read().dataSync().slice() as Float32Array;
    return { name: weight.originalName, shape, dtype, values };
  });
}

/** Writes weights as they are: `setWeights` would apply constraints anew. */
function writeWeights(graph: LayersModel, weights: readonly PlainTensor[]): void {
  tidy(() => {
    for (const [i, { shape, dtype, values }] of weights.entries()) {
      const variable = graph.weights[i]!.read() as Variable;
      variable.assign(tensor(values, [...shape], dtype as 'float32'));
    }
  });
}
