import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  Add,
  Conv2D,
  DepthwiseConv2dNative,
  Elu,
  FusedConv2D,
  type FusedConv2DAttrs,
  FusedDepthwiseConv2D,
  type KernelFunc,
  LeakyRelu,
  type NamedAttrMap,
  Prelu,
  Relu,
  Relu6,
  Sigmoid,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';
import { callKernel } from './call.ts';

type Step = (y: TensorInfo) => TensorInfo;

const ACTIVATIONS: Readonly<Record<string, string>> = {
  elu: Elu,
  relu: Relu,
  relu6: Relu6,
  sigmoid: Sigmoid,
};

/** With channels first, a row of values is one a channel. */
const alongChannels = (values: TensorInfo, { dataFormat }: FusedConv2DAttrs): TensorInfo =>
  dataFormat === 'NCHW' && values.shape.length === 1 && values.shape[0] !== 1
    ? { ...values, shape: [values.shape[0]!, 1, 1] }
    : values;

/** The convolution, the bias and the activation of a fused kernel by a kernel each. */
const inSteps =
  (convolution: string): KernelFunc =>
  (args) => {
    const { x, filter, bias, preluActivationWeights } = args.inputs;
    const backend = args.backend as BackendWasm;
    const attrs = args.attrs as unknown as FusedConv2DAttrs & { leakyreluAlpha?: number };
    const { activation } = attrs;
    const call = (name: string, inputs: Record<string, TensorInfo | undefined>, more?: NamedAttrMap) =>
      callKernel(name, inputs, backend, more);
    const steps: Step[] = [];
    if (bias) steps.push((a) => call(Add, { a, b: alongChannels(bias, attrs) }));
    if (activation === 'prelu') {
      const alpha = alongChannels(preluActivationWeights!, attrs);
      steps.push((y) => call(Prelu, { x: y, alpha }));
    } else if (activation === 'leakyrelu') {
      steps.push((y) => call(LeakyRelu, { x: y }, { alpha: attrs.leakyreluAlpha ?? 0.2 }));
    } else if (activation !== 'linear') {
      steps.push((y) => call(ACTIVATIONS[activation]!, { x: y }));
    }
    return steps.reduce(
      (before, step) => {
        const after = step(before);
        backend.disposeData(before.dataId);
        return after;
      },
      call(convolution, { x, filter }, args.attrs),
    );
  };

/**
 * Adds a bias of any shape that broadcasts, and takes images with their channels first. Stock wasm refuses
 * both in a fused convolution.
 */
export function fuseAnyBias(): void {
  for (const [fused, convolution] of [
    [FusedConv2D, Conv2D],
    [FusedDepthwiseConv2D, DepthwiseConv2dNative],
  ] as const) {
    const apart = inSteps(convolution);
    wrapKernel(fused, (stock) => (args) => {
      const { dataFormat } = args.attrs as unknown as FusedConv2DAttrs;
      const { bias } = args.inputs;
      const refused =
        dataFormat === 'NCHW' || (bias != null && (bias.shape.length !== 1 || bias.shape[0] === 1));
      return refused ? apart(args) : stock(args);
    });
  }
}
