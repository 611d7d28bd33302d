import { dispose, slice, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Batch } from '../../backend/layers/internals.ts';
import { type BatchLike, Rows, tensorOf } from '../../backend/rows.ts';
import { ArgumentError, checkNumber } from '../../core/check.ts';
import { shuffled } from './chance.ts';
import type { Element } from './element.ts';
import type { Cut, Lot, Lots, Source } from './lots.ts';
import { type Prepared, preparation } from './prepare.ts';

const DEFAULT_BATCH = 32;

/** The same samples of all tensors. */
const each = (batch: Batch, take: (tensor: Tensor) => BatchLike): Batch =>
  batch.map((one) => (one ? take(one as Tensor) : null));

/** Batches out of tensors, in another order in each epoch. */
export class TensorSource implements Source {
  readonly isOnce = false;
  readonly samples: number;
  readonly steps: number;
  readonly batchSize: number;
  readonly #data: Prepared;
  readonly #cut: Cut;

  private constructor(data: Prepared, cut: Cut) {
    this.#data = data;
    this.#cut = cut;
    this.samples = data.size;
    this.batchSize = Math.min(cut.batchSize ?? DEFAULT_BATCH, data.size);
    this.steps = Math.ceil(data.size / this.batchSize);
  }

  /** @throws ArgumentError when the samples do not fit the model, or the size of a batch is no integer of at least 1 */
  static async of(model: LayersModel, element: Element, cut: Cut): Promise<TensorSource> {
    const data = await preparation(cut.where, model, cut.classWeight)(element);
    try {
      if (cut.batchSize !== undefined) {
        checkNumber(cut.where, 'batchSize', cut.batchSize, { min: 1, integer: true });
      }
      return new TensorSource(data, cut);
    } catch (error) {
      dispose([...data.made]);
      throw error;
    }
  }

  /**
   * Parts with the last samples.
   *
   * @param share in (0, 1), how many of them
   * @returns what is left, and the last ones in the order that they have; this source frees the tensors
   */
  split(share: number): [TensorSource, TensorSource] {
    const at = Math.floor(this.samples * (1 - share));
    const sizes = [at, this.samples - at];
    if (sizes.includes(0)) {
      const allowed = `such a share of ${this.samples} samples that both parts have one`;
      throw new ArgumentError('fit', 'validation', String(share), allowed);
    }
    const { batchSize } = this.#cut;
    const part = (begin: number, size: number, cut: Cut): TensorSource => {
      const batch = each(this.#data.batch, (one) => slice(one, [begin], [size]));
      const made = batch.filter((one) => one != null) as Tensor[];
      const fitting = batchSize === undefined ? undefined : Math.min(batchSize, size);
      return new TensorSource(
        { batch, size, made, inputs: this.#data.inputs },
        { ...cut, batchSize: fitting },
      );
    };
    return [part(0, at, this.#cut), part(at, this.samples - at, { ...this.#cut, shuffle: false })];
  }

  open(epoch: number, skip: number): Lots {
    const { shuffle, seed } = this.#cut;
    const order = shuffle ? shuffled(this.samples, seed, epoch) : undefined;
    let at = skip * this.batchSize;
    const next = (): Lot | undefined => {
      const size = Math.min(this.batchSize, this.samples - at);
      if (size <= 0) return undefined;
      const begin = at;
      at += size;
      const { batch, inputs } = this.#data;
      if (batch.some((one) => (one as Tensor | null)?.isDisposed)) {
        const allowed = 'of tensors that exist until the training has ended';
        throw new ArgumentError(this.#cut.where, 'data', 'a tensor that was disposed of meanwhile', allowed);
      }
      const rows = each(batch, (one) => new Rows(one, order, begin, size));
      // Losses and metrics take tensors.
      const made: Tensor[] = [];
      const whole = rows.map((one, i) => (one && i >= inputs ? tensorOf(one, made) : one));
      const free = (): void => {
        for (const one of made) one.dispose();
      };
      return { batch: whole, size, free };
    };
    return { next, end: () => {} };
  }

  dispose(): void {
    dispose([...this.#data.made]);
  }
}
