import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { Identity } from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';

/**
 * Lets a clone share the memory of its tensor, as the other back ends do. Stock wasm copies it: each tensor
 * that a gradient saves costs a copy, which tfjs's own check counts as a leak.
 */
export function shareIdentity(): void {
  wrapKernel(Identity, () => ({ inputs, backend }) => {
    const { dataId, shape, dtype } = inputs.x!;
    (backend as BackendWasm).incRef(dataId);
    return { dataId, shape, dtype };
  });
}
