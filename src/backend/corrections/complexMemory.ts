import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  type BackendValues,
  backend_util,
  type DataId,
  type DataType,
  type KernelBackend,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { type Backend, isWasm, result, valuesOf } from './memory.ts';

/** The tensors of which a complex one is made. */
interface Parts {
  readonly real: TensorInfo;
  readonly imag: TensorInfo;
}

/** What the wasm back end keeps of a tensor. */
interface Entry {
  readonly id: number;
  memoryOffset: number | null;
  shape: number[];
  dtype: DataType;
  refCount: number;
  complexTensorInfos?: Parts;
}

interface Entries {
  get(id: DataId): Entry;
  set(id: DataId, entry: Entry): void;
  delete(id: DataId): boolean;
  has(id: DataId): boolean;
}

const entriesOf = (backend: BackendWasm): Entries => backend.dataIdMap as unknown as Entries;

/** The tensors of real and imaginary parts that a complex one is made of, in the shape that it has now. */
export function partsOf(backend: Backend, { dataId, shape }: TensorInfo): Parts {
  const entry = isWasm(backend) ? entriesOf(backend).get(dataId) : backend.data.get(dataId);
  const { real, imag } = entry.complexTensorInfos as Parts;
  return { real: { ...real, shape }, imag: { ...imag, shape } };
}

/** A complex tensor that owns those two. */
export function complexOf(backend: Backend, real: TensorInfo, imag: TensorInfo): TensorInfo {
  const { shape } = real;
  const dtype = 'complex64' as const;
  if (!isWasm(backend)) {
    const info = backend.makeTensorInfo(shape, dtype);
    backend.data.get(info.dataId).complexTensorInfos = { real, imag } as never;
    return info;
  }
  const dataId = {};
  entriesOf(backend).set(dataId, complexEntry(shape, { real, imag }, 1));
  return { dataId, shape, dtype };
}

/** It has no memory of its own; a kernel of real numbers that asks for it is refused. */
const complexEntry = (shape: number[], complexTensorInfos: Parts, refCount: number): Entry => ({
  get id(): number {
    throw new Error(`this kernel takes no complex64 tensors, and got one of shape [${shape}]`);
  },
  memoryOffset: null,
  shape,
  dtype: 'complex64',
  refCount,
  complexTensorInfos,
});

/** A tensor of the JavaScript back end with the contents of one of another. */
export function copyToCpu(cpu: MathBackendCPU, info: TensorInfo, from: KernelBackend): TensorInfo {
  const { shape, dtype, dataId } = info;
  const values = from.readSync(dataId);
  if (dtype !== 'complex64') return cpu.makeTensorInfo(shape, dtype, values);
  const { real, imag } = backend_util.splitRealAndImagArrays(values as Float32Array);
  return complexOf(
    cpu,
    cpu.makeTensorInfo(shape, 'float32', real),
    cpu.makeTensorInfo(shape, 'float32', imag),
  );
}

/** A new tensor with the numbers of another. */
export function copyOf(backend: Backend, x: TensorInfo): TensorInfo {
  const { info, values } = result(backend, x.shape, x.dtype);
  values.set(valuesOf(backend, x));
  return info;
}

/** Makes a wasm back end hold complex tensors, each as two of floats, as the JavaScript back end does. */
export function holdComplex(backend: BackendWasm): BackendWasm {
  const entries = entriesOf(backend);
  const stock = {
    move: backend.move.bind(backend),
    readSync: backend.readSync.bind(backend),
    disposeData: backend.disposeData.bind(backend),
  };
  const isComplex = (id: DataId): boolean => entries.has(id) && entries.get(id).dtype === 'complex64';
  backend.move = (dataId, values, shape, dtype, refCount) => {
    if (dtype !== 'complex64') return stock.move(dataId, values, shape, dtype, refCount);
    const parts = backend_util.splitRealAndImagArrays(values as Float32Array);
    const [real, imag] = [parts.real, parts.imag].map((part) =>
      backend.makeOutput(shape, 'float32', undefined, part),
    );
    entries.set(dataId, complexEntry(shape, { real: real!, imag: imag! }, refCount));
  };
  backend.readSync = (dataId, start, end): BackendValues => {
    if (!isComplex(dataId)) return stock.readSync(dataId, start, end);
    const { real, imag } = entries.get(dataId).complexTensorInfos!;
    const [re, im] = [real, imag].map((part) => stock.readSync(part.dataId) as Float32Array);
    return backend_util.mergeRealAndImagArrays(re!, im!);
  };
  backend.disposeData = (dataId, force = false) => {
    if (!isComplex(dataId)) return stock.disposeData(dataId, force);
    const entry = entries.get(dataId);
    entry.refCount--;
    if (entry.refCount > 0 && !force) return false;
    for (const part of Object.values(entry.complexTensorInfos!)) stock.disposeData(part.dataId, true);
    entries.delete(dataId);
    return true;
  };
  return backend;
}
