import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  Cast,
  findBackend,
  getKernel,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  UnsortedSegmentSum,
  unregisterKernel,
} from '@tensorflow/tfjs-core';

/** Runs a kernel of the JavaScript back end on tensors that live in wasm memory. */
function onCpu(kernelName: string): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const wasm = backend as BackendWasm;
    const cpu = findBackend('cpu') as MathBackendCPU;
    const kernel = getKernel(kernelName, 'cpu');
    const copies = Object.entries(inputs).map(([name, info]): [string, TensorInfo] => [
      name,
      cpu.makeTensorInfo(info!.shape, info!.dtype, wasm.readSync(info!.dataId)),
    ]);
    const result = kernel.kernelFunc({
      inputs: Object.fromEntries(copies),
      backend: cpu,
      ...(attrs && { attrs }),
    });
    const outputs = Array.isArray(result) ? result : [result];
    const moved = outputs.map((info) =>
      wasm.makeOutput(info.shape, info.dtype, undefined, cpu.readSync(info.dataId)),
    );
    for (const { dataId } of [...outputs, ...copies.map(([, info]) => info)]) cpu.disposeData(dataId);
    return Array.isArray(result) ? moved : moved[0]!;
  };
}

/** Stock wasm copies numbers into the bytes of a bool tensor, so that 2 stays 2 and 0.5 becomes 0. */
function castWith(stock: KernelFunc): KernelFunc {
  const toBool = onCpu(Cast);
  return (args) => (args.attrs?.dtype === 'bool' ? toBool(args) : stock(args));
}

/**
 * Replaces the kernels that the wasm back end lacks or computes wrongly (tfjs 4.22) by those of the
 * JavaScript back end. Call it once, after both back ends are registered.
 */
export function repairWasmKernels(): void {
  // The gradient of gather and of an embedding: absent.
  registerKernel({
    kernelName: UnsortedSegmentSum,
    backendName: 'wasm',
    kernelFunc: onCpu(UnsortedSegmentSum),
  });
  const stock = getKernel(Cast, 'wasm').kernelFunc;
  unregisterKernel(Cast, 'wasm');
  registerKernel({ kernelName: Cast, backendName: 'wasm', kernelFunc: castWith(stock) });
}
