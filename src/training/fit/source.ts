import { scalar, Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ArgumentError, describe } from '../../core/check.ts';
import { elementOf, isNamedSamples } from './element.ts';
import type { Cut, Source } from './lots.ts';
import { type BatchStream, type Streamed, StreamSource, streamOf } from './stream.ts';
import { TensorSource } from './tensors.ts';

/** Whether the data is samples, of which steps take batches. */
export const isTensors = (data: unknown): boolean => {
  // A list of another length is one of batches.
  if (Array.isArray(data)) return (data.length === 2 || data.length === 3) && !data.every(isNamedSamples);
  return isNamedSamples(data) || data instanceof Tensor;
};

const DATA =
  '[x, y], { x, y }, batches of them to iterate over, a dataset of tf.data, or a function that makes one';

/**
 * The batches of any data.
 *
 * @param argument the name of the data, for the error message
 * @throws ArgumentError for what is none, or does not fit the model
 */
export async function sourceOf(
  model: LayersModel,
  argument: 'data' | 'validation',
  data: unknown,
  cut: Cut,
): Promise<Source> {
  const [ofBatches, ofTensors] =
    argument === 'data' ? ['stepsPerEpoch', 'batchSize'] : ['validationSteps', ''];
  if (isTensors(data)) {
    if (cut.steps !== undefined) {
      const allowed = 'left out where the data is tensors, of which an epoch takes all';
      throw new ArgumentError(cut.where, ofBatches, String(cut.steps), allowed);
    }
    return TensorSource.of(model, elementOf(cut.where, argument, data), cut);
  }
  const stream: BatchStream | undefined = streamOf(cut.where, data);
  if (stream === undefined) throw new ArgumentError(cut.where, argument, describe(data), DATA);
  if (argument === 'data' && cut.batchSize !== undefined) {
    const allowed = 'left out where the data comes in batches';
    throw new ArgumentError(cut.where, ofTensors, String(cut.batchSize), allowed);
  }
  const streamed: Streamed = { model, argument, firstId: nextTensorId(), ...cut };
  return new StreamSource(stream, streamed);
}

/** Tensors from this number on have been made since. */
function nextTensorId(): number {
  const one = scalar(0);
  one.dispose();
  return one.id + 1;
}
