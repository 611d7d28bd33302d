import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  type backend_util,
  DepthwiseConv2dNative,
  type DepthwiseConv2dNativeAttrs,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  FusedDepthwiseConv2D,
  type FusedDepthwiseConv2DAttrs,
  type KernelFunc,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';
import { finish } from './activation.ts';
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
  attrs: DepthwiseConv2dNativeAttrs,
): backend_util.Conv2DInfo => convolutionInfo(x, filter, attrs, true);

function forward(engine: Engine, { inputs, attrs, backend }: Arguments): TensorInfo {
  const wasm = backend as BackendWasm;
  const { x, filter } = inputs;
  const fused = attrs as unknown as FusedDepthwiseConv2DAttrs;
  const info = infoOf(x!.shape, filter!.shape, fused);
  const ending = endingOf(fused, inputs, info);
  const addsBias = startsWithBias(ending.bias, info);
  const y = channelsLast(wasm, info, [x!], true, ([images]) => {
    const result = wasm.makeOutput(resultShape(info), 'float32');
    const geometry = engine.integers(geometryOf(info));
    const bias = addsBias ? engine.address(ending.bias!) : 0;
    const [image, weights, to] = [engine.address(images!), engine.address(filter!), engine.address(result)];
    engine.functions.depthwiseConv2d(geometry, image, weights, bias, to);
    return result;
  });
  return finish(engine, wasm, y, ending, addsBias);
}

function inputGradient(engine: Engine, { inputs, attrs, backend }: Arguments): TensorInfo {
  const wasm = backend as BackendWasm;
  const { dy, filter } = inputs;
  const { inputShape } = attrs as unknown as { inputShape: Shape };
  const info = infoOf(inputShape, filter!.shape, attrs as unknown as DepthwiseConv2dNativeAttrs);
  return channelsLast(wasm, info, [dy!], true, ([gradient]) => {
    const dx = wasm.makeOutput(imagesShape(info), 'float32');
    const geometry = engine.integers(geometryOf(info));
    const [from, weights, to] = [engine.address(gradient!), engine.address(filter!), engine.address(dx)];
    engine.functions.depthwiseInputGradient(geometry, from, weights, to);
    return dx;
  });
}

function filterGradient(engine: Engine, { inputs, attrs, backend }: Arguments): TensorInfo {
  const wasm = backend as BackendWasm;
  const { x, dy } = inputs;
  const { filterShape } = attrs as unknown as { filterShape: Shape };
  const info = infoOf(x!.shape, filterShape, attrs as unknown as DepthwiseConv2dNativeAttrs);
  return channelsLast(wasm, info, [x!, dy!], false, ([images, gradient]) => {
    const dw = wasm.makeOutput(filterShape, 'float32');
    const geometry = engine.integers(geometryOf(info));
    const [image, from, to] = [engine.address(images!), engine.address(gradient!), engine.address(dw)];
    engine.functions.depthwiseFilterGradient(geometry, image, from, to);
    return dw;
  });
}

/** Registers the engine's depthwise convolutions; other types than float32 stay with the kernels there are. */
export function registerDepthwise(engine: Engine): void {
  const kernels = {
    [DepthwiseConv2dNative]: forward,
    [FusedDepthwiseConv2D]: forward,
    [DepthwiseConv2dNativeBackpropInput]: inputGradient,
    [DepthwiseConv2dNativeBackpropFilter]: filterGradient,
  };
  for (const [name, kernel] of Object.entries(kernels)) {
    wrapKernel(name, (stock) => (args) => {
      const tensors = Object.values(args.inputs);
      return tensors.every((info) => !info || info.dtype === 'float32') ? kernel(engine, args) : stock(args);
    });
  }
}
