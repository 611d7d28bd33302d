import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** What emscripten has of the memory of tfjs's wasm module; it is another array after the memory has grown. */
interface Heap {
  readonly HEAPU8: Uint8Array;
}

/** All bytes of the memory, until something is allocated. */
export const bytesOf = (backend: BackendWasm): Uint8Array => (backend.wasm as unknown as Heap).HEAPU8;

/** Where the values of a tensor begin. */
export const addressOf = (backend: BackendWasm, { dataId }: TensorInfo): number =>
  backend.dataIdMap.get(dataId).memoryOffset;
