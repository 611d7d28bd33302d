import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Data } from '../fit/data.ts';
import type { Lot, Source } from '../fit/lots.ts';
import { isTensors, sourceOf } from '../fit/source.ts';
import { TensorSource } from '../fit/tensors.ts';

/**
 * Where the batches of a range test come from, as those of `fit` do.
 *
 * @param where the public function, for the error message
 * @param options `batchSize` is that of samples; `seed`: of their order
 * @throws ArgumentError for what is no data, or does not fit the model
 */
export const sourceFor = (
  where: string,
  model: LayersModel,
  data: Data,
  { batchSize, seed }: { readonly batchSize: number; readonly seed: number },
): Promise<Source> =>
  sourceOf(model, 'data', data, {
    where,
    batchSize: isTensors(data) ? batchSize : undefined,
    steps: undefined,
    shuffle: true,
    seed,
    classWeight: undefined,
  });

/**
 * The batches of a source over and over, each of one size where they are taken of samples: the last samples of a pass
 * wait for the next one. Whoever asks frees each of them, and calls `return` at the end.
 */
export async function* batchesOf(source: Source): AsyncGenerator<Lot, undefined> {
  const size = source instanceof TensorSource ? source.batchSize : 0;
  for (let epoch = 0; epoch === 0 || !source.isOnce; epoch++) {
    const lots = await source.open(epoch, 0);
    try {
      for (let lot = await lots.next(); lot; lot = await lots.next()) {
        if (lot.size < size) lot.free();
        else yield lot;
      }
    } finally {
      await lots.end();
    }
  }
  return undefined;
}
