// Values of the native back end's tensors in a memory of WebAssembly, where programs compute with them: results, until
// TensorFlow asks for them, and copies of what TensorFlow has.
import { type DataId, engine, findBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { Info, NativeBackend } from '../train/residents.ts';
import { Heap } from './heap.ts';

const FLOAT = 4;

/** Where the values of a tensor are. */
interface Place {
  readonly address: number;
  readonly size: number;
  /** The number of the same values in TensorFlow, if it has them. */
  id: number | undefined;
}

/** The values of a back end's tensors that lie in such a memory, each until its tensor is disposed. */
export class Pool {
  readonly backend: NativeBackend;
  readonly heap: Heap = new Heap();
  readonly #places = new WeakMap<Info, Place>();

  constructor(backend: NativeBackend) {
    this.backend = backend;
    const { tensorMap } = backend;
    const [remove, read] = [tensorMap.delete.bind(tensorMap), backend.readSync.bind(backend)];
    tensorMap.delete = (dataId: DataId): boolean => {
      if (tensorMap.has(dataId)) this.#release(tensorMap.get(dataId));
      return remove(dataId);
    };
    // What is read outlives a change of the tensor, and the growth of the memory.
    backend.readSync = (dataId: DataId): ReturnType<typeof read> => {
      const values = read(dataId);
      return values instanceof Float32Array && values.buffer === this.heap.memory.buffer
        ? values.slice()
        : values;
    };
  }

  /** The address of a tensor's values; undefined if there is no memory for them. */
  addressOf({ dataId, size }: Tensor): number | undefined {
    const info = this.backend.tensorMap.get(dataId);
    const known = this.#places.get(info);
    if (known && (known.id === undefined || known.id === info.id)) return known.address;
    // What no operation of TensorFlow has used is still an array of JavaScript.
    const given = info.values as Float32Array | null;
    const { id } = info;
    const address = known?.address ?? this.heap.allocate(size * FLOAT);
    if (address === undefined) return undefined;
    this.heap.floats.set(given ?? (this.backend.binding.tensorDataSync(id) as Float32Array), address / FLOAT);
    const place: Place = known ?? { address, size, id };
    place.id = id;
    this.#places.set(info, place);
    if (given) this.#own(info, place);
    return address;
  }

  /** Those of several tensors; undefined if there is no memory for one. */
  addressesOf(tensors: readonly Tensor[]): number[] | undefined {
    const addresses: number[] = [];
    for (const each of tensors) {
      const address = this.addressOf(each);
      if (address === undefined) return undefined;
      addresses.push(address);
    }
    return addresses;
  }

  /** Whether a program may change the values of a tensor in place: nothing else has them. */
  isOwn({ dataId }: Tensor): boolean {
    const info = this.backend.tensorMap.get(dataId);
    const place = this.#places.get(info);
    return info.refCount === 1 && place !== undefined && place.id === undefined;
  }

  /** A tensor whose values are to be written to its address; undefined if there is no memory for it. */
  make(shape: readonly number[], size: number): Tensor | undefined {
    const address = this.heap.allocate(size * FLOAT);
    if (address === undefined) return undefined;
    const { binding, tensorMap } = this.backend;
    const info: Info = { shape, dtype: binding.TF_FLOAT, id: -1, values: null, refCount: 1 };
    const place: Place = { address, size, id: undefined };
    this.#places.set(info, place);
    this.#own(info, place);
    const dataId: DataId = {};
    tensorMap.set(dataId, info);
    return engine().makeTensorFromTensorInfo({ dataId, shape: [...shape], dtype: 'float32' }, this.backend);
  }

  /** Has tfjs-node find the values of a tensor at their place, as long as TensorFlow has none. */
  #own(info: Info, place: Place): void {
    place.id = undefined;
    Object.defineProperty(info, 'values', {
      configurable: true,
      enumerable: true,
      get: () =>
        place.id === undefined ? new Float32Array(this.heap.memory.buffer, place.address, place.size) : null,
      // TensorFlow has taken a copy of them.
      set: () => {
        place.id = info.id;
      },
    });
  }

  #release(info: Info): void {
    const place = this.#places.get(info);
    if (!place) return;
    this.#places.delete(info);
    this.heap.release(place.address, place.size * FLOAT);
  }
}

let pool: Pool | undefined;

/** That of the native back end which is registered; undefined where its tensors are on a graphics card, and stay there. */
export function nativePool(): Pool | undefined {
  const backend = findBackend('tensorflow') as NativeBackend;
  if (backend.isUsingGpuDevice) return undefined;
  if (pool?.backend !== backend) pool = new Pool(backend);
  return pool;
}
