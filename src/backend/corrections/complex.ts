import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  Complex,
  getKernel,
  Imag,
  type KernelBackend,
  type KernelFunc,
  Real,
  registerKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** The memory of a complex tensor: the real and the imaginary part of each element in turn. */
function partsOf(wasm: BackendWasm, dataId: object): Float32Array {
  const { shape } = wasm.dataIdMap.get(dataId);
  return wasm.typedArrayFromHeap({ dataId, dtype: 'float32', shape: [...shape, 2] }) as Float32Array;
}

/** Stock wasm knows how large a complex tensor is, but not how to read it. */
function readComplex(backend: object): void {
  const wasm = backend as BackendWasm;
  const readOthers = wasm.readSync.bind(wasm);
  wasm.readSync = (dataId, start, end) => {
    if (wasm.dataIdMap.get(dataId).dtype !== 'complex64') return readOthers(dataId, start, end);
    return partsOf(wasm, dataId).slice(2 * (start ?? 0), end === undefined ? end : 2 * end);
  };
}

const complex: KernelFunc = ({ inputs, backend }) => {
  const wasm = backend as BackendWasm;
  const out = wasm.makeOutput(inputs.real!.shape, 'complex64');
  const [real, imag] = [wasm.typedArrayFromHeap(inputs.real!), wasm.typedArrayFromHeap(inputs.imag!)];
  const parts = partsOf(wasm, out.dataId);
  for (let i = 0; i < real.length; i++) {
    parts[2 * i] = real[i]!;
    parts[2 * i + 1] = imag[i]!;
  }
  return out;
};

const partAt =
  (offset: 0 | 1): KernelFunc =>
  ({ inputs, backend }) => {
    const wasm = backend as BackendWasm;
    const input = inputs.input!;
    const out = wasm.makeOutput(input.shape, 'float32');
    const values = wasm.typedArrayFromHeap(out);
    const parts = partsOf(wasm, input.dataId);
    for (let i = 0; i < values.length; i++) values[i] = parts[2 * i + offset]!;
    return out;
  };

/** Gives the wasm back end complex tensors; what is computed with them is for the JavaScript back end. */
export function supplyComplex(): void {
  const backendName = 'wasm';
  registerKernel({ kernelName: Complex, backendName, setupFunc: readComplex, kernelFunc: complex });
  registerKernel({ kernelName: Real, backendName, kernelFunc: partAt(0) });
  registerKernel({ kernelName: Imag, backendName, kernelFunc: partAt(1) });
}

/** A tensor of the JavaScript back end, where complex ones are made of two others. */
export function copyToCpu(cpu: MathBackendCPU, info: TensorInfo, from: KernelBackend): TensorInfo {
  const values = from.readSync(info.dataId);
  if (info.dtype !== 'complex64') return cpu.makeTensorInfo(info.shape, info.dtype, values);
  const part = (offset: 0 | 1) => {
    const numbers = Float32Array.from(
      { length: values.length / 2 },
      (_, i) => values[2 * i + offset] as number,
    );
    return cpu.makeTensorInfo(info.shape, 'float32', numbers);
  };
  const [real, imag] = [part(0), part(1)];
  const whole = getKernel(Complex, 'cpu').kernelFunc({ inputs: { real, imag }, backend: cpu });
  for (const { dataId } of [real, imag]) cpu.disposeData(dataId);
  return whole as TensorInfo;
}
