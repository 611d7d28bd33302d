import { DenseBincount, type DenseBincountAttrs, LogicalXor, type TensorInfo } from '@tensorflow/tfjs-core';
import { type Kernel, type Kernels, wrapKernels } from './kernels.ts';
import { type Arguments, type Backend, result, valuesOf } from './memory.ts';

/** Whether each number is there, for a vector too: the JavaScript back end counts them. */
const denseBincount =
  (stock: Kernel): Kernel =>
  (args) => {
    const { binaryOutput } = args.attrs as unknown as DenseBincountAttrs;
    const counts = stock(args) as TensorInfo;
    if (!binaryOutput || args.inputs.x!.shape.length !== 1) return counts;
    const values = valuesOf(args.backend as Backend, counts);
    const there = new Set(valuesOf(args.backend as Backend, args.inputs.x!));
    for (let i = 0; i < values.length; i++) values[i] = there.has(i) ? 1 : 0;
    return counts;
  };

function xor({ inputs, backend }: Arguments): TensorInfo {
  const { a, b } = inputs;
  const { info, values } = result(backend as Backend, a!.shape, 'bool');
  const [left, right] = [valuesOf(backend as Backend, a!), valuesOf(backend as Backend, b!)];
  for (let i = 0; i < values.length; i++) values[i] = left[i]! ^ right[i]!;
  return info;
}

/** A kernel that only wasm has; tfjs's own operation makes it of others. */
export const onlyInWasm: Kernels = { [LogicalXor]: xor };

export const correctCounts = (): void => wrapKernels('cpu', [DenseBincount], denseBincount);
