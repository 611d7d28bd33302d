import { TensorScatterUpdate } from '@tensorflow/tfjs-core';
import { type Kernel, wrapKernels } from './kernels.ts';
import { type Backend, result, valuesOf } from './memory.ts';

/** tfjs writes the updates into the tensor that it was given. */
const updatedCopy =
  (stock: Kernel): Kernel =>
  (args) => {
    const { tensor } = args.inputs;
    if (tensor!.dtype === 'string') return stock(args);
    const backend = args.backend as Backend;
    const copy = result(backend, tensor!.shape, tensor!.dtype);
    copy.values.set(valuesOf(backend, tensor!));
    const updated = stock({ ...args, inputs: { ...args.inputs, tensor: copy.info } });
    backend.disposeData(copy.info.dataId);
    return updated;
  };

/** Puts the update of scattered slices on the JavaScript back end right. */
export function correctScatter(): void {
  wrapKernels('cpu', [TensorScatterUpdate], updatedCopy);
}
