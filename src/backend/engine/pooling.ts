import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  AvgPool,
  AvgPoolGrad,
  backend_util,
  type KernelFunc,
  MaxPool,
  type MaxPoolAttrs,
  MaxPoolGrad,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';
import { geometryOf } from './geometry.ts';
import type { Engine } from './module.ts';

type Arguments = Parameters<KernelFunc>[0];
type Shape = [number, number, number, number];

function infoOf(shape: readonly number[], { filterSize, strides, pad, dimRoundingMode }: MaxPoolAttrs) {
  return backend_util.computePool2DInfo(shape as Shape, filterSize, strides, 1, pad, dimRoundingMode);
}

type Forward = 'maxPool' | 'averagePool';

function forward(engine: Engine, name: Forward, { inputs, attrs, backend }: Arguments): TensorInfo {
  const info = infoOf(inputs.x!.shape, attrs as unknown as MaxPoolAttrs);
  const y = (backend as BackendWasm).makeOutput(info.outShape, 'float32');
  const geometry = engine.integers(geometryOf(info));
  engine.functions[name](geometry, engine.address(inputs.x!), engine.address(y));
  return y;
}

function maxGradient(engine: Engine, { inputs, attrs, backend }: Arguments): TensorInfo {
  const { input, dy } = inputs;
  const info = infoOf(input!.shape, attrs as unknown as MaxPoolAttrs);
  const dx = (backend as BackendWasm).makeOutput(info.inShape, 'float32');
  const geometry = engine.integers(geometryOf(info));
  const addresses = [engine.address(input!), engine.address(dy!), engine.address(dx)] as const;
  engine.functions.maxPoolGradient(geometry, ...addresses);
  return dx;
}

function averageGradient(engine: Engine, { inputs, attrs, backend }: Arguments): TensorInfo {
  const { input, dy } = inputs;
  const info = infoOf(input!.shape, attrs as unknown as MaxPoolAttrs);
  const dx = (backend as BackendWasm).makeOutput(info.inShape, 'float32');
  const geometry = engine.integers(geometryOf(info));
  engine.functions.averagePoolGradient(geometry, engine.address(dy!), engine.address(dx));
  return dx;
}

/** Registers the engine's pooling; other types than float32 stay with the kernels there are. */
export function registerPooling(engine: Engine): void {
  const kernels: Record<string, (args: Arguments) => TensorInfo> = {
    [MaxPool]: (args) => forward(engine, 'maxPool', args),
    [AvgPool]: (args) => forward(engine, 'averagePool', args),
    [MaxPoolGrad]: (args) => maxGradient(engine, args),
    [AvgPoolGrad]: (args) => averageGradient(engine, args),
  };
  for (const [name, kernel] of Object.entries(kernels)) {
    wrapKernel(name, (stock) => (args) => {
      const tensors = Object.values(args.inputs);
      return tensors.every((info) => info?.dtype === 'float32') ? kernel(args) : stock(args);
    });
  }
}
