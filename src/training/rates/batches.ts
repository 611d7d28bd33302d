// The batches of whatever a model can be trained on, one after the other, as long as they are asked for.
import { dispose, Tensor } from '@tensorflow/tfjs-core';
import { Rows } from '../../backend/rows.ts';
import { ArgumentError, describe } from '../../core/check.ts';
import { toTensor } from '../../core/tensor.ts';
import type { TensorLike } from '../../core/types.ts';
import { shuffled } from '../fit/chance.ts';

/** Inputs or targets: one for a model of one input or output, else a list of them. */
type Part = TensorLike | TensorLike[];

/** Inputs and targets, by any of the names that are in use. */
type Pair =
  | readonly [x: Part, y: Part]
  | { readonly x: Part; readonly y: Part }
  | { readonly xs: Part; readonly ys: Part };

/** A `tf.data.Dataset`, as far as it is needed. */
interface Pipeline {
  iterator(): Promise<{ next(): Promise<IteratorResult<unknown>> }>;
}

/** All samples, or batches: an iterable, a generator, or a `tf.data.Dataset` that was batched. */
export type TrainingData = Pair | Iterable<Pair> | AsyncIterable<Pair> | Pipeline;

/** A batch, and how to free it. */
export interface OneBatch {
  readonly x: Part;
  readonly y: Part;
  free(): void;
}

const ALLOWED =
  '[x, y], { x, y }, an iterable of such batches, or a tf.data.Dataset of { xs, ys } that was batched';

const has = (value: unknown, ...names: readonly PropertyKey[]): boolean =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);

function pairOf(value: unknown): readonly [Part, Part] | undefined {
  if (Array.isArray(value) && value.length === 2) return value as unknown as [Part, Part];
  const given = value as { x: Part; y: Part; xs: Part; ys: Part };
  if (has(value, 'x', 'y')) return [given.x, given.y];
  if (has(value, 'xs', 'ys')) return [given.xs, given.ys];
  return undefined;
}

const free = (tensors: readonly Tensor[]): void => {
  for (const tensor of tensors) if (!tensor.isDisposed) tensor.dispose();
};

/** How many inputs and outputs a model has: where there is one, a list is the numbers of one tensor. */
export interface Counts {
  readonly inputs: number;
  readonly outputs: number;
}

/** The tensors of one side, and those of them that were made here. */
function tensorsOf(where: string, name: string, part: Part, count: number): [all: Tensor[], own: Tensor[]] {
  const list = count === 1 ? [part as TensorLike] : (part as TensorLike[]);
  if (!Array.isArray(list) || list.length !== count)
    throw new ArgumentError(where, name, describe(part), `an array of ${count} tensors`);
  const own: Tensor[] = [];
  try {
    const all = list.map((one) => {
      const made = toTensor(where, name, one);
      if (made !== one) own.push(made);
      return made;
    });
    return [all, own];
  } catch (error) {
    free(own);
    throw error;
  }
}

/** Batches of samples, reshuffled after each pass over them; the last samples of a pass wait for the next one. */
async function* sampled(
  where: string,
  [x, y]: readonly [Part, Part],
  counts: Counts,
  { batchSize, seed }: BatchOptions,
): AsyncGenerator<OneBatch> {
  const own: Tensor[] = [];
  const sides = [
    ['x', x, counts.inputs],
    ['y', y, counts.outputs],
  ] as const;
  try {
    const [inputs, targets] = sides.map(([name, part, count]) => {
      const [all, made] = tensorsOf(where, name, part, count);
      own.push(...made);
      return all;
    }) as [Tensor[], Tensor[]];
    const sizes = [...inputs, ...targets].map(({ shape }) => shape[0] ?? 0);
    const samples = sizes[0]!;
    if (samples === 0) throw new ArgumentError(where, 'x', 'no samples', 'at least one sample');
    const other = sizes.find((size) => size !== samples);
    if (other !== undefined)
      throw new ArgumentError(where, 'data', `${samples} and ${other} samples`, 'as many of each');
    const size = Math.min(batchSize, samples);
    let order = shuffled(samples, seed, 0);
    for (let at = 0, epoch = 0; ; at += size) {
      if (at + size > samples) {
        epoch += 1;
        order = shuffled(samples, seed, epoch);
        at = 0;
      }
      const batch = [...inputs, ...targets].map((one) => new Rows(one, order, at, size).toTensor());
      const [ofX, ofY] = [batch.slice(0, inputs.length), batch.slice(inputs.length)];
      yield {
        x: counts.inputs === 1 ? ofX[0]! : ofX,
        y: counts.outputs === 1 ? ofY[0]! : ofY,
        free: () => free(batch),
      };
    }
  } finally {
    free(own);
  }
}

/** The elements of a `tf.data.Dataset`, which are freed, and of iterables, which stay their owner's. */
async function* elements(data: Exclude<TrainingData, Pair>): AsyncGenerator<[unknown, owned: boolean]> {
  if (Symbol.asyncIterator in data || Symbol.iterator in data) {
    for await (const element of data as AsyncIterable<unknown>) yield [element, false];
    return;
  }
  const iterator = await (data as Pipeline).iterator();
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield [next.value, true];
}

const tensorsIn = (value: unknown): Tensor[] => {
  if (value instanceof Tensor) return [value];
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
    ? Object.values(value).flatMap(tensorsIn)
    : [];
};

/** Batches that come as such, from the beginning again as long as there is one. */
async function* given(where: string, data: Exclude<TrainingData, Pair>): AsyncGenerator<OneBatch> {
  for (let any = true; any; ) {
    any = false;
    for await (const [element, owned] of elements(data)) {
      any = true;
      const pair = pairOf(element);
      if (pair === undefined)
        throw new ArgumentError(where, 'data', `batches that are ${describe(element)}`, ALLOWED);
      const [x, y] = pair;
      yield { x, y, free: () => owned && dispose(tensorsIn(element)) };
    }
  }
}

interface BatchOptions {
  readonly batchSize: number;
  readonly seed: number;
}

/**
 * The batches of `data`, over and over. Whoever asks frees each of them, and calls `return` at the end.
 *
 * @throws ArgumentError for what is no data
 */
export function batchesOf(
  where: string,
  data: TrainingData,
  counts: Counts,
  options: BatchOptions,
): AsyncGenerator<OneBatch> {
  const pair = pairOf(data);
  if (pair !== undefined) return sampled(where, pair, counts, options);
  const isIterable = [Symbol.iterator, Symbol.asyncIterator].some((name) => has(data, name));
  if (!isIterable && !has(data, 'iterator')) throw new ArgumentError(where, 'data', describe(data), ALLOWED);
  return given(where, data as Exclude<TrainingData, Pair>);
}
