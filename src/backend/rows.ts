import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { engine, gather, slice, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { runningEngine } from './engine/start.ts';
import { addressOf, bytesOf } from './heap.ts';

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1 };

/** Some rows of a tensor, which are copied only when and where they are needed. */
export class Rows {
  readonly source: Tensor;
  /** The places of the rows; undefined for the order that they have. */
  readonly order: Int32Array | undefined;
  readonly begin: number;
  readonly size: number;

  /**
   * @param order the places of all rows, of which those from `begin` on are meant
   * @param size how many rows
   */
  constructor(source: Tensor, order: Int32Array | undefined, begin: number, size: number) {
    this.source = source;
    this.order = order;
    this.begin = begin;
    this.size = size;
  }

  get shape(): number[] {
    return [this.size, ...this.source.shape.slice(1)];
  }

  /** The rows in a new tensor, which is the caller's. */
  toTensor(): Tensor {
    const { source, order, begin, size } = this;
    if (order === undefined) return slice(source, [begin], [size]);
    const { backend, backendName } = engine();
    if (backendName === 'wasm' && source.dtype in BYTES) {
      const made = (backend as BackendWasm).makeOutput(this.shape, source.dtype);
      this.copyTo(backend as BackendWasm, addressOf(backend as BackendWasm, made));
      return engine().makeTensorFromTensorInfo(made);
    }
    const indices = tensor1d(order.subarray(begin, begin + size), 'int32');
    try {
      return gather(source, indices);
    } finally {
      indices.dispose();
    }
  }

  /** Copies them to an address of the wasm back end. */
  copyTo(backend: BackendWasm, to: number): void {
    const { source, order, begin, size } = this;
    const width = source.size / source.shape[0]!;
    const bytes = width * BYTES[source.dtype]!;
    const from = addressOf(backend, source);
    const running = runningEngine();
    if (order === undefined) {
      bytesOf(backend).copyWithin(to, from + begin * bytes, from + (begin + size) * bytes);
    } else if (running && bytes === width * 4) {
      // By one call, not by one for each row.
      const indices = running.scratch(4 * size);
      const { buffer } = running.floats(indices, size);
      new Int32Array(buffer, indices, size).set(order.subarray(begin, begin + size));
      running.functions.lookUp(from, indices, to, size, width);
    } else {
      const heap = bytesOf(backend);
      for (let i = 0; i < size; i++) {
        const at = from + order[begin + i]! * bytes;
        heap.copyWithin(to + i * bytes, at, at + bytes);
      }
    }
  }
}

/** What stands for a batch: a tensor, or rows that are not copied yet. */
export type BatchLike = Tensor | Rows;

/** A tensor in any case. `made` takes it where it is new, and the caller's. */
export function tensorOf(batch: BatchLike, made: Tensor[]): Tensor {
  if (!(batch instanceof Rows)) return batch;
  const tensor = batch.toTensor();
  made.push(tensor);
  return tensor;
}
