import type { Samples } from './element.ts';

/** A dataset of tf.data. */
interface DatasetLike {
  iterator(): Promise<{ next(): Promise<IteratorResult<unknown>> }>;
}

/** Batches one after the other, each of them samples. */
export type Batches =
  | Iterable<Samples>
  | AsyncIterable<Samples>
  | Iterator<Samples>
  | AsyncIterator<Samples>
  | DatasetLike;

/**
 * What a model is trained on: samples, of which steps take batches; batches themselves; or a function that makes those
 * of an epoch, counted from 0.
 */
export type Data = Samples | Batches | ((epoch: number) => Batches | Promise<Batches>);
