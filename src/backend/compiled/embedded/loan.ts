import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { keep, type Tensor, type TensorInfo, engine as tfEngine } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/module.ts';
import { whole } from '../../wholeCalls.ts';

/** What the wasm back end knows of a tensor. */
interface Entry {
  readonly id: number;
  memoryOffset: number;
}

/**
 * Memory of a plan that is lent as a tensor for the time of a step, so that it counts as one only then. What others
 * have kept of it when it comes back becomes memory of theirs.
 */
export class Loan {
  /** The address of the memory, which stays. */
  readonly at: number;
  readonly #backend: BackendWasm;
  readonly #engine: Engine;
  #info: TensorInfo;
  /** What an interrupt has kept from coming back. */
  #lent: Tensor | undefined;

  constructor(engine: Engine, backend: BackendWasm, shape: readonly number[]) {
    this.#engine = engine;
    this.#backend = backend;
    this.#info = backend.makeOutput([...shape], 'float32');
    this.at = engine.address(this.#info);
  }

  lend(): Tensor {
    this.#backend.incRef(this.#info.dataId);
    this.#lent = keep(tfEngine().makeTensorFromTensorInfo(this.#info));
    return this.#lent;
  }

  takeBack(tensor: Tensor): void {
    tensor.dispose();
    this.#lent = undefined;
    if (this.#backend.refCount(this.#info.dataId) > 1) this.#leave();
  }

  /** Gives those who hold the tensor a copy, and goes on with a tensor of its own in the same memory. */
  #leave(): void {
    const held = this.#info;
    const own = this.#backend.makeOutput(held.shape, 'float32');
    const { functions } = this.#engine;
    const size = held.shape.reduce((a, b) => a * b, 1);
    functions.copyRows(this.at, 0, this.#engine.address(own), 0, 1, size, 0);
    const [a, b] = [held, own].map(
      ({ dataId }) => this.#backend.dataIdMap.get(dataId) as unknown as Entry,
    ) as [Entry, Entry];
    const { tfjs } = this.#backend.wasm;
    whole(() => {
      [a.memoryOffset, b.memoryOffset] = [b.memoryOffset, a.memoryOffset];
      for (const { id, memoryOffset } of [a, b]) {
        tfjs.disposeData(id);
        tfjs.registerTensor(id, size, memoryOffset);
      }
      this.#info = own;
    });
    this.#backend.disposeData(held.dataId);
  }

  dispose(): void {
    this.#lent?.dispose();
    this.#lent = undefined;
    tfEngine().removeDataId(this.#info.dataId, this.#backend);
    this.#backend.disposeData(this.#info.dataId, true);
  }
}
