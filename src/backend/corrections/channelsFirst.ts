import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  Conv2D,
  type Conv2DAttrs,
  type NamedAttrMap,
  type TensorInfo,
  Transpose,
} from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';
import { callKernel } from './call.ts';

const TO_LAST = [0, 2, 3, 1];
const TO_FIRST = [0, 3, 1, 2];

/** Moves the channels of a convolution's images last and back, where they are first; stock wasm refuses them. */
export function convolveChannelsFirst(): void {
  wrapKernel(Conv2D, (convolve) => (args) => {
    const { dataFormat, pad } = args.attrs as unknown as Conv2DAttrs;
    if (dataFormat !== 'NCHW') return convolve(args);
    const backend = args.backend as BackendWasm;
    const transpose = (x: TensorInfo, perm: number[]) => callKernel(Transpose, { x }, backend, { perm });
    const padLast = Array.isArray(pad) ? TO_LAST.map((axis) => pad[axis]) : pad;
    const x = transpose(args.inputs.x!, TO_LAST);
    const attrs = { ...args.attrs, dataFormat: 'NHWC', pad: padLast } as unknown as NamedAttrMap;
    const y = convolve({ ...args, inputs: { ...args.inputs, x }, attrs }) as TensorInfo;
    const result = transpose(y, TO_FIRST);
    for (const { dataId } of [x, y]) backend.disposeData(dataId);
    return result;
  });
}
