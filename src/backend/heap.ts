import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { engine, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';

/** What emscripten has of the memory of tfjs's wasm module; it is another array after the memory has grown. */
interface Heap {
  readonly HEAPU8: Uint8Array;
}

/** All bytes of the memory, until something is allocated. */
export const bytesOf = (backend: BackendWasm): Uint8Array => (backend.wasm as unknown as Heap).HEAPU8;

/** Where the values of a tensor begin. */
export const addressOf = (backend: BackendWasm, { dataId }: TensorInfo): number =>
  backend.dataIdMap.get(dataId).memoryOffset;

/** The numbers of a tensor, to be read at once: those in the memory of wasm are not copied. */
export function peek(tensor: Tensor): ArrayLike<number> {
  const { backend, backendName } = engine();
  if (backendName !== 'wasm' || tensor.dtype !== 'float32') return tensor.dataSync<'float32'>();
  const at = addressOf(backend as BackendWasm, tensor);
  return new Float32Array(bytesOf(backend as BackendWasm).buffer, at, tensor.size);
}
