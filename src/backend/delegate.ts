import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  findBackend,
  getKernel,
  type KernelBackend,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { copyToCpu } from './corrections/complexMemory.ts';

/** What a kernel is called with. */
export type Arguments = Parameters<KernelFunc>[0];

/** Runs a kernel of the JavaScript back end on tensors of another. */
export function onCpu(kernelName: string): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const other = backend as KernelBackend;
    const cpu = findBackend('cpu') as MathBackendCPU;
    const kernel = getKernel(kernelName, 'cpu');
    const copies: TensorInfo[] = [];
    const copy = (info: TensorInfo): TensorInfo => {
      const made = copyToCpu(cpu, info, other);
      copies.push(made);
      // Some kernels take what they are given for a tensor.
      return Object.assign(made, { rank: info.shape.length });
    };
    const entries = Object.entries(inputs).flatMap(([name, info]) =>
      info ? [[name, Array.isArray(info) ? info.map(copy) : copy(info)] as const] : [],
    );
    // A kernel of any number of inputs, such as Einsum, is given them as an array.
    const copied = Object.assign(
      Array.isArray(inputs) ? [] : {},
      Object.fromEntries(entries),
    ) as typeof inputs;
    const result = kernel.kernelFunc({ inputs: copied, backend: cpu, ...(attrs && { attrs }) });
    const outputs = Array.isArray(result) ? result : [result];
    const moved = outputs.map(({ dataId, shape, dtype }) => {
      const values = cpu.readSync(dataId);
      return { dataId: other.write(values, shape, dtype), shape, dtype };
    });
    for (const { dataId } of [...outputs, ...copies]) cpu.disposeData(dataId);
    return Array.isArray(result) ? moved : moved[0]!;
  };
}

/** Gives a back end a kernel that it lacks. */
export function supplyFromCpu(kernelName: string, backendName = 'wasm'): void {
  registerKernel({ kernelName, backendName, kernelFunc: onCpu(kernelName) });
}

/** Puts a kernel of a back end into another's place, which may call it. */
export function wrapKernel(
  kernelName: string,
  wrap: (stock: KernelFunc) => KernelFunc,
  backendName = 'wasm',
): void {
  const stock = getKernel(kernelName, backendName);
  unregisterKernel(kernelName, backendName);
  registerKernel({ ...stock, kernelFunc: wrap(stock.kernelFunc) });
}

/** Leaves a kernel as it is, but for the arguments that it refuses or computes wrongly. */
export function handToCpu(
  kernelName: string,
  wrong: (args: Arguments) => boolean,
  backendName = 'wasm',
): void {
  const cpu = onCpu(kernelName);
  wrapKernel(kernelName, (stock) => (args) => (wrong(args) ? cpu(args) : stock(args)), backendName);
}

/** Applies an activation of a fused kernel by the kernel that `activations` names for it. */
export function unfuse(kernelName: string, activations: Readonly<Record<string, string>>): void {
  wrapKernel(kernelName, (stock) => (args) => {
    const activation = activations[String(args.attrs?.activation)];
    if (activation === undefined) return stock(args);
    const x = stock({ ...args, attrs: { ...args.attrs, activation: 'linear' } }) as TensorInfo;
    const result = getKernel(activation, 'wasm').kernelFunc({ inputs: { x }, backend: args.backend });
    (args.backend as BackendWasm).disposeData(x.dataId);
    return result;
  });
}

/** Whether one of the inputs has no elements. */
export const hasEmpty = ({ inputs }: Arguments): boolean =>
  Object.values(inputs).some((info) => info?.shape.includes(0));

/** Whether the float input of that name holds NaN; infinities of both signs count as NaN too. */
export function hasNaN({ inputs, backend }: Arguments, name: string): boolean {
  const info = inputs[name]!;
  if (info.dtype !== 'float32') return false;
  const values = (backend as BackendWasm).typedArrayFromHeap(info);
  // A sum by index has no branch: it takes half a millisecond for a million numbers.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return Number.isNaN(sum);
}
