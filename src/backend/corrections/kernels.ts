import {
  getKernel,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { Arguments } from './memory.ts';

/** Computes what a kernel gives. */
export type Kernel = (args: Arguments) => TensorInfo | TensorInfo[];

/** Kernels by name. */
export type Kernels = Readonly<Record<string, Kernel>>;

/** Puts these kernels in the place of a back end's own, or gives it them. */
export function setKernels(backendName: string, kernels: Kernels): void {
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    if (getKernel(kernelName, backendName)) unregisterKernel(kernelName, backendName);
    registerKernel({ kernelName, backendName, kernelFunc: kernelFunc as KernelFunc });
  }
}

/** Puts what `wrap` makes of a back end's own kernel in its place. */
export function wrapKernels(
  backendName: string,
  names: readonly string[],
  wrap: (stock: Kernel, name: string) => Kernel,
): void {
  for (const name of names) {
    const stock = getKernel(name, backendName);
    if (!stock) continue;
    unregisterKernel(name, backendName);
    registerKernel({ ...stock, kernelFunc: wrap(stock.kernelFunc as Kernel, name) as KernelFunc });
  }
}
