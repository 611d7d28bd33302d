import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { engine, gather, slice, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { addressOf, bytesOf } from './heap.ts';

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1 };

/** The rows of a batch in memory of the wasm back end, copied from row to row. */
function copied(backend: BackendWasm, x: Tensor, order: Int32Array, begin: number, size: number): Tensor {
  const info = backend.makeOutput([size, ...x.shape.slice(1)], x.dtype);
  const bytes = (x.size / x.shape[0]!) * BYTES[x.dtype]!;
  const [from, to] = [addressOf(backend, x), addressOf(backend, info)];
  const heap = bytesOf(backend);
  for (let i = 0; i < size; i++) {
    const at = from + order[begin + i]! * bytes;
    heap.copyWithin(to + i * bytes, at, at + bytes);
  }
  return engine().makeTensorFromTensorInfo(info);
}

/**
 * So many rows of a tensor from a place on, in a new tensor of the caller's.
 *
 * @param order the rows by their places, all of them there; undefined for the order that they have
 */
export function rowsOf(x: Tensor, order: Int32Array | undefined, begin: number, size: number): Tensor {
  if (order === undefined) return slice(x, [begin], [size]);
  const { backend, backendName } = engine();
  if (backendName === 'wasm' && x.dtype in BYTES)
    return copied(backend as BackendWasm, x, order, begin, size);
  const indices = tensor1d(order.subarray(begin, begin + size), 'int32');
  try {
    return gather(x, indices);
  } finally {
    indices.dispose();
  }
}
