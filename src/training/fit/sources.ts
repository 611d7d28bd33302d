import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ArgumentError } from '../../core/check.ts';
import type { Data } from './data.ts';
import type { Cut, Source } from './lots.ts';
import type { Settings } from './options.ts';
import { sourceOf } from './source.ts';
import { TensorSource } from './tensors.ts';

/** The data of a training, and what frees it. */
export interface Sources {
  readonly data: Source;
  readonly validation: Source | undefined;
  /** Frees tensors at once, and ends what gives batches. */
  dispose(): Promise<unknown>;
}

/** What is validated on: data of its own, or a share of that to train on. */
export async function sourcesOf(
  graph: LayersModel,
  given: Data,
  settings: Settings,
  seed: number,
): Promise<Sources> {
  const { batchSize, shuffle, classWeight, stepsPerEpoch, validation, validationSteps } = settings;
  const cut: Cut = { where: 'fit', batchSize, steps: stepsPerEpoch, shuffle, seed, classWeight };
  const whole = await sourceOf(graph, 'data', given, cut);
  const sources = [whole];
  const dispose = (): Promise<unknown> => Promise.all(sources.splice(0).map((one) => one.dispose()));
  try {
    if (validation === undefined) return { data: whole, validation: undefined, dispose };
    if (typeof validation !== 'number') {
      const own: Cut = {
        ...cut,
        steps: validationSteps,
        shuffle: false,
        classWeight: undefined,
        batchSize: undefined,
      };
      const held = await sourceOf(graph, 'validation', validation, own);
      sources.push(held);
      return { data: whole, validation: held, dispose };
    }
    if (!(whole instanceof TensorSource)) {
      const allowed = 'data where the training data comes in batches, of which no share can be taken';
      throw new ArgumentError('fit', 'validation', String(validation), allowed);
    }
    const [data, held] = whole.split(validation);
    sources.push(data, held);
    return { data, validation: held, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
