import { getKernelsForBackend, Identity, Imag, type KernelFunc, Real, Reshape } from '@tensorflow/tfjs-core';
import { handToCpu } from '../delegate.ts';

/** Of these types the kernels of wasm read and write whatever is in its memory, or end the module. */
const isOther = (dtype: unknown): boolean => dtype === 'string' || dtype === 'complex64';
/** These take every type. */
const ABLE: ReadonlySet<string> = new Set([Identity, Imag, Real, Reshape]);

function hasOtherType({ inputs, attrs }: Parameters<KernelFunc>[0]): boolean {
  for (const name in inputs) if (isOther(inputs[name]?.dtype)) return true;
  // What a cast or a fill results in.
  return attrs !== undefined && (isOther(attrs.dtype) || typeof attrs.value === 'string');
}

/** Leaves strings and complex numbers to the JavaScript back end. Call it after all kernels are registered. */
export function handOtherTypesToCpu(): void {
  for (const { kernelName } of getKernelsForBackend('wasm')) {
    if (!ABLE.has(kernelName)) handToCpu(kernelName, hasOtherType);
  }
}
