import { dispose, Tensor, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ArgumentError } from '../../core/check.ts';
import { elementOf, tensorsIn } from './element.ts';
import type { Cut, Lot, Lots, Source } from './lots.ts';
import { type Preparation, type Prepared, preparation } from './prepare.ts';

interface Elements {
  next(): IteratorResult<unknown> | Promise<IteratorResult<unknown>>;
  return?(): unknown;
}

/** Something that gives batches. */
export interface BatchStream {
  /** Whether it gives them once: the next epoch goes on where the last one has stopped. */
  readonly isOnce: boolean;
  /** Whether it must be opened once for each epoch before, as a dataset that shuffles. */
  readonly counts: boolean;
  open(epoch: number): Elements | Promise<Elements>;
}

/** What a stream is read with. */
export interface Streamed extends Cut {
  readonly model: LayersModel;
  readonly argument: 'data' | 'validation';
  /** Tensors from this number on are freed after their step. */
  readonly firstId: number;
}

type Method = (this: unknown, ...values: unknown[]) => unknown;

function methodOf(value: unknown, name: string | symbol): Method | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const method: unknown = Reflect.get(value, name);
  return typeof method === 'function' ? (method as Method) : undefined;
}

/** What is iterated over; undefined for anything else. */
function elementsOf(value: unknown): Elements | Promise<Elements> | undefined {
  const open =
    methodOf(value, 'iterator') ?? methodOf(value, Symbol.asyncIterator) ?? methodOf(value, Symbol.iterator);
  if (open) return open.call(value) as Elements | Promise<Elements>;
  return methodOf(value, 'next') ? (value as Elements) : undefined;
}

/** The batches of a value that has some. */
export function streamOf(where: string, data: unknown): BatchStream | undefined {
  if (typeof data === 'function') {
    const open = async (epoch: number): Promise<Elements> => {
      const made = await elementsOf(await (data as (epoch: number) => unknown)(epoch));
      if (made !== undefined) return made;
      throw new TypeError(
        `${where}: the function that makes the data of an epoch must return batches to iterate over`,
      );
    };
    return { isOnce: false, counts: false, open };
  }
  const isDataset = methodOf(data, 'iterator') !== undefined;
  const isOnce = !isDataset && methodOf(data, 'next') !== undefined;
  if (!isDataset && !isOnce && !methodOf(data, Symbol.asyncIterator) && !methodOf(data, Symbol.iterator))
    return undefined;
  return { isOnce, counts: isDataset, open: () => elementsOf(data)! };
}

const isPair = (value: unknown): value is readonly [Tensor, Tensor] =>
  Array.isArray(value) && value.length === 2 && value.every((one) => one instanceof Tensor);

const EXISTING =
  'of tensors that still exist (those made during the training are freed after their step, unless tf.keep kept them)';

/** Batches that come one after the other. */
export class StreamSource implements Source {
  readonly samples: undefined;
  readonly #stream: BatchStream;
  readonly #options: Streamed;
  readonly #prepare: Preparation;
  /** How many batches the last whole epoch had. */
  #met: number | undefined;
  /** What goes on over epochs. */
  #going: Elements | undefined;
  #isOpened = false;
  readonly #known = new WeakMap<readonly unknown[], Lot>();

  constructor(stream: BatchStream, options: Streamed) {
    this.#stream = stream;
    this.#options = options;
    this.#prepare = preparation(options.where, options.model, options.classWeight);
  }

  get isOnce(): boolean {
    return this.#stream.isOnce;
  }

  get steps(): number | undefined {
    return this.#options.steps ?? this.#met;
  }

  async open(epoch: number, skip: number): Promise<Lots> {
    const { steps } = this.#options;
    const { isOnce, counts } = this.#stream;
    // A dataset is one sequence where epochs are cut out of it, as for tfjs.
    const goesOn = isOnce || (counts && steps !== undefined);
    const isFirst = !this.#isOpened;
    this.#isOpened = true;
    const before = isFirst && goesOn ? epoch * (steps ?? 0) : 0;
    if (isFirst && counts && !goesOn) for (let i = 0; i < epoch; i++) await this.#stream.open(i);
    const elements = this.#going ?? (await this.#stream.open(epoch));
    if (goesOn) this.#going = elements;
    for (let i = 0; i < before + skip; i++) dispose(this.#unkept((await elements.next()).value));
    let count = skip;
    const take = ({ value, done }: IteratorResult<unknown>): ReturnType<Lots['next']> => {
      if (done) {
        this.#ended(epoch, count);
        return undefined;
      }
      count++;
      return this.#knownLot(value) ?? this.#lotOf(value);
    };
    return {
      next: () => {
        if (steps !== undefined && count === steps) return undefined;
        const result = elements.next();
        return 'then' in result ? Promise.resolve(result).then(take) : take(result);
      },
      end: async () => {
        if (!goesOn) await elements.return?.();
      },
    };
  }

  async dispose(): Promise<void> {
    await this.#going?.return?.();
  }

  /** The data has ended. */
  #ended(epoch: number, count: number): void {
    const { steps, argument, where } = this.#options;
    const what = argument === 'data' ? 'data' : 'validation data';
    const hint = 'an iterator gives its batches once: pass a function that makes one for each epoch';
    if (count === 0) {
      const place = epoch === 0 ? '' : ` in epoch ${epoch + 1}; ${hint}`;
      throw new Error(`${where}: the ${what} gave no batch${place}`);
    }
    if (steps !== undefined) {
      const name = argument === 'data' ? 'stepsPerEpoch' : 'validationSteps';
      throw new Error(
        `${where}: the ${what} ended after ${count} of ${steps} batches of epoch ${epoch + 1}; ${name} is ${steps}`,
      );
    }
    this.#met = count;
  }

  /** Whether a tensor was there before the training began. */
  #isOlder({ id }: Tensor): boolean {
    return id < this.#options.firstId;
  }

  /** The tensors of a batch that were made since the training began; one that was kept by tf.keep is not freed. */
  #unkept(value: unknown): Tensor[] {
    return [...new Set(tensorsIn(value))].filter(
      (one) =>
        !this.#isOlder(one) && !one.isDisposed && !(one instanceof Variable) && !Reflect.get(one, 'kept'),
    );
  }

  /** The lot of a pair of tensors that has been met before, and is as it was. */
  #knownLot(value: unknown): Lot | undefined {
    const known = Array.isArray(value) && value.length === 2 ? this.#known.get(value) : undefined;
    if (known === undefined) return undefined;
    const [x, y] = value as readonly unknown[];
    const [knownX, knownY] = known.batch as readonly Tensor[];
    return x === knownX && y === knownY && !knownX!.isDisposed && !knownY!.isDisposed ? known : undefined;
  }

  #lotOf(value: unknown): Lot | Promise<Lot> {
    const { where, argument } = this.#options;
    const name = `a batch of ${argument}`;
    const failed = (error: unknown): never => {
      const isGone = tensorsIn(value).some(({ isDisposed }) => isDisposed);
      dispose(this.#unkept(value));
      throw isGone ? new ArgumentError(where, name, 'a disposed tensor', EXISTING) : error;
    };
    const whole = ({ batch, size, made }: Prepared): Lot => {
      const isReady = made.length === 0 && isPair(value) && value.every((one) => this.#isOlder(one));
      const free = isReady ? () => {} : () => dispose([...made, ...this.#unkept(value)]);
      const lot = { batch, size, free };
      // The same batches in every epoch are checked in the first.
      if (isReady) this.#known.set(value, lot);
      return lot;
    };
    try {
      const prepared = this.#prepare(elementOf(where, name, value));
      return prepared instanceof Promise ? prepared.then(whole, failed) : whole(prepared);
    } catch (error) {
      return failed(error);
    }
  }
}
