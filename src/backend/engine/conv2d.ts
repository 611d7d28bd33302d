import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  type backend_util,
  Conv2D,
  type Conv2DAttrs,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  FusedConv2D,
  type FusedConv2DAttrs,
  type KernelFunc,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';
import { ACTIVATIONS, finish, parameterOf } from './activation.ts';
import {
  channelsLast,
  convolutionInfo,
  endingOf,
  geometryOf,
  imagesShape,
  resultShape,
  startsWithBias,
} from './geometry.ts';
import type { Engine } from './module.ts';

type Arguments = Parameters<KernelFunc>[0];
type Shape = [number, number, number, number];

const infoOf = (
  x: readonly number[],
  filter: readonly number[],
  attrs: Conv2DAttrs,
): backend_util.Conv2DInfo => convolutionInfo(x, filter, attrs, false);

function forward(engine: Engine, { inputs, attrs, backend }: Arguments): TensorInfo {
  const wasm = backend as BackendWasm;
  const { x, filter } = inputs;
  const fused = attrs as unknown as FusedConv2DAttrs;
  const info = infoOf(x!.shape, filter!.shape, fused);
  const ending = endingOf(fused, inputs, info);
  const addsBias = startsWithBias(ending.bias, info);
  const isDone = (addsBias || ending.bias == null) && ending.activation !== 'prelu';
  const kind = isDone ? (ACTIVATIONS[ending.activation ?? 'linear'] ?? 0) : 0;
  const y = channelsLast(wasm, info, [x!], true, ([images]) => {
    const shape = resultShape(info);
    const result = wasm.makeOutput(shape, 'float32');
    const geometry = engine.integers(geometryOf(info));
    const scratch = engine.scratch(engine.functions.conv2dScratch(geometry));
    const from = addsBias ? engine.address(ending.bias!) : 0;
    const [image, weights, to] = [engine.address(images!), engine.address(filter!), engine.address(result)];
    engine.functions.conv2d(geometry, image, weights, from, to, kind, parameterOf(ending), scratch);
    return result;
  });
  return kind === 0 ? finish(engine, wasm, y, ending, addsBias) : y;
}

function inputGradient(engine: Engine, { inputs, attrs, backend }: Arguments): TensorInfo {
  const wasm = backend as BackendWasm;
  const { dy, filter } = inputs;
  const { inputShape } = attrs as unknown as { inputShape: Shape };
  const info = infoOf(inputShape, filter!.shape, attrs as unknown as Conv2DAttrs);
  return channelsLast(wasm, info, [dy!], true, ([gradient]) => {
    const shape = imagesShape(info);
    const dx = wasm.makeOutput(shape, 'float32');
    const geometry = engine.integers(geometryOf(info));
    const scratch = engine.scratch(engine.functions.conv2dScratch(geometry));
    const [from, weights, to] = [engine.address(gradient!), engine.address(filter!), engine.address(dx)];
    engine.functions.conv2dInputGradient(geometry, from, weights, to, scratch);
    return dx;
  });
}

function filterGradient(engine: Engine, { inputs, attrs, backend }: Arguments): TensorInfo {
  const wasm = backend as BackendWasm;
  const { x, dy } = inputs;
  const { filterShape } = attrs as unknown as { filterShape: Shape };
  const info = infoOf(x!.shape, filterShape, attrs as unknown as Conv2DAttrs);
  return channelsLast(wasm, info, [x!, dy!], false, ([images, gradient]) => {
    const dw = wasm.makeOutput(filterShape, 'float32');
    const geometry = engine.integers(geometryOf(info));
    const scratch = engine.scratch(engine.functions.conv2dScratch(geometry));
    const [image, from, to] = [engine.address(images!), engine.address(gradient!), engine.address(dw)];
    engine.functions.conv2dFilterGradient(geometry, image, from, to, scratch);
    return dw;
  });
}

/** Whether the gradient is of the whole output; a transposed convolution takes one that is larger. */
function isWhole({ inputs, attrs }: Arguments): boolean {
  const { inputShape } = attrs as unknown as { inputShape: Shape };
  const { outShape } = infoOf(inputShape, inputs.filter!.shape, attrs as unknown as Conv2DAttrs);
  return util.arraysEqual(outShape, inputs.dy!.shape);
}

/** Registers the engine's convolutions; other types than float32 stay with the kernels there are. */
export function registerConv2d(engine: Engine): void {
  const kernels = {
    [Conv2D]: forward,
    [FusedConv2D]: forward,
    [Conv2DBackpropInput]: inputGradient,
    [Conv2DBackpropFilter]: filterGradient,
  };
  for (const [name, kernel] of Object.entries(kernels)) {
    wrapKernel(name, (stock) => (args) => {
      const tensors = Object.values(args.inputs);
      const isFloat = tensors.every((info) => !info || info.dtype === 'float32');
      const isOurs = isFloat && (name !== Conv2DBackpropInput || isWhole(args));
      return isOurs ? kernel(engine, args) : stock(args);
    });
  }
}
