import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type DataType, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';

/** What a kernel is called with. */
export type Arguments = Parameters<KernelFunc>[0];

/** The back ends whose tensors JavaScript reads and writes in place. */
export type Backend = MathBackendCPU | BackendWasm;

/** The numbers of a tensor; double precision where a program has made doubles of all floats. */
export type Numbers = Float32Array | Int32Array | Uint8Array;

/** A tensor to be filled, and its numbers. */
interface Result {
  readonly info: TensorInfo;
  readonly values: Numbers;
}

/** Which of the two it is. */
export const isWasm = (backend: Backend): backend is BackendWasm => 'wasm' in backend;

/** The name under which its kernels are registered. */
export const nameOf = (backend: Backend): string => (isWasm(backend) ? 'wasm' : 'cpu');

/** The numbers of a tensor where they lie; in wasm they move when memory grows: take them after every `result`. */
export function valuesOf(backend: Backend, info: TensorInfo): Numbers {
  if (isWasm(backend)) return backend.typedArrayFromHeap(info) as Numbers;
  return backend.data.get(info.dataId).values as Numbers;
}

/** A new tensor of zeros for a kernel to fill. */
export function result(backend: Backend, shape: number[], dtype: DataType): Result {
  if (isWasm(backend)) {
    const info = backend.makeOutput(shape, dtype);
    const values = valuesOf(backend, info);
    values.fill(0);
    return { info, values };
  }
  const values = util.getTypedArrayFromDType(dtype as 'float32', util.sizeFromShape(shape)) as Numbers;
  return { info: backend.makeTensorInfo(shape, dtype, values), values };
}
