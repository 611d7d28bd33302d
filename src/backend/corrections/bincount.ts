import { Bincount, util } from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';

/** Counts the values of a tensor of any rank into one row; stock wasm returns rows for all but rank 1. */
export function countIntoOneRow(): void {
  wrapKernel(Bincount, (stock) => (args) => {
    const { x, ...others } = args.inputs;
    const row = { ...x!, shape: [util.sizeFromShape(x!.shape)] };
    return stock({ ...args, inputs: { x: row, ...others } });
  });
}
