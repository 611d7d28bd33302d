import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  FusedBatchNorm,
  type FusedBatchNormAttrs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';
import { isRow, sizeOf } from './activation.ts';
import type { Engine } from './module.ts';

type Arguments = Parameters<KernelFunc>[0];

function batchNorm(engine: Engine, { inputs, attrs, backend }: Arguments): TensorInfo {
  const { x, mean, variance, offset, scale } = inputs;
  const { varianceEpsilon } = attrs as unknown as FusedBatchNormAttrs;
  const columns = x!.shape.at(-1)!;
  const scratch = engine.scratch(columns * 4);
  const y = (backend as BackendWasm).makeOutput(x!.shape, 'float32');
  engine.functions.batchNorm(
    engine.address(x!),
    sizeOf(x!.shape) / columns,
    columns,
    engine.address(mean!),
    engine.address(variance!),
    offset ? engine.address(offset) : 0,
    scale ? engine.address(scale) : 0,
    varianceEpsilon,
    engine.address(y),
    scratch,
  );
  return y;
}

/** Registers the normalization by one mean and variance a channel; others stay with the kernel there is. */
export function registerBatchNorm(engine: Engine): void {
  wrapKernel(FusedBatchNorm, (stock) => (args) => {
    const { x, ...others } = args.inputs;
    const columns = x!.shape.at(-1)!;
    const fits = ({ dtype }: TensorInfo) => dtype === 'float32';
    const isPerChannel = Object.values(others).every((info) => !info || (fits(info) && isRow(info, columns)));
    return fits(x!) && columns > 0 && isPerChannel ? batchNorm(engine, args) : stock(args);
  });
}
