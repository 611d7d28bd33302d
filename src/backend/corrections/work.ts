import {
  getKernel,
  Identity,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { type Backend, nameOf } from './memory.ts';

/** A kernel made of others of its back end, and what they leave in between. */
export class Work {
  readonly #backend: Backend;
  readonly #made: TensorInfo[] = [];

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Runs a kernel that gives one tensor. */
  run(kernelName: string, inputs: NamedTensorInfoMap, attrs: object = {}): TensorInfo {
    const { kernelFunc } = getKernel(kernelName, nameOf(this.#backend));
    const made = kernelFunc({ inputs, attrs: attrs as NamedAttrMap, backend: this.#backend }) as TensorInfo;
    this.#made.push(made);
    return made;
  }

  /** Frees all that was made. */
  free(): void {
    for (const { dataId } of this.#made.splice(0)) this.#backend.disposeData(dataId);
  }

  /** Frees all that was made but `kept`; an input that is itself the result is cloned. */
  finish(kept: TensorInfo): TensorInfo {
    const result = this.#made.includes(kept) ? kept : this.run(Identity, { x: kept });
    this.#made.splice(this.#made.indexOf(result), 1);
    this.free();
    return result;
  }
}
