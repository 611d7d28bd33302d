import {
  _FusedMatMul,
  type _FusedMatMulAttrs,
  All,
  Any,
  BatchMatMul,
  Cast,
  ClipByValue,
  Conv2DBackpropFilter,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  Dilation2D,
  Dilation2DBackpropFilter,
  Dilation2DBackpropInput,
  Draw,
  FusedConv2D,
  FusedDepthwiseConv2D,
  Max,
  Maximum,
  Mean,
  Min,
  Minimum,
  Prod,
  RaggedGather,
  RaggedRange,
  RaggedTensorToTensor,
  Relu,
  Relu6,
  ResizeNearestNeighbor,
  Reverse,
  RotateWithOffset,
  Select,
  StaticRegexReplace,
  StridedSlice,
  Sum,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { handToCpu, hasEmpty, hasNaN, supplyFromCpu, unfuse, wrapKernel } from '../delegate.ts';
import { countIntoOneRow } from './bincount.ts';
import { convolveChannelsFirst } from './channelsFirst.ts';
import { fuseAnyBias } from './fusedConvolution.ts';
import { shareIdentity } from './identity.ts';
import { handOtherTypesToCpu } from './otherTypes.ts';
import { poolsOfNaN } from './pooling.ts';
import { poolPadding } from './poolPadding.ts';
import { broadcastSlopes } from './prelu.ts';
import { replaceSlice } from './slice.ts';

/** The gradients of convolutions among them. */
const ABSENT = [
  Conv2DBackpropFilter,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  Draw,
  RaggedGather,
  RaggedRange,
  RaggedTensorToTensor,
  StaticRegexReplace,
];

/** Over nothing they return what the memory of the result held before. */
const REDUCTIONS = [All, Any, Max, Mean, Min, Prod, Sum];

/**
 * Replaces the kernels that the wasm back end lacks or computes wrongly (tfjs 4.22) by those of the
 * JavaScript back end. Call it once, after both back ends are registered.
 */
export function handWrongToCpu(): void {
  for (const name of ABSENT) supplyFromCpu(name);
  for (const name of REDUCTIONS) handToCpu(name, hasEmpty);
  // Stock wasm copies numbers into the bytes of a bool tensor, so that 2 stays 2 and 0.5 becomes 0.
  handToCpu(Cast, ({ attrs }) => attrs?.dtype === 'bool');
  // NaN becomes a bound; integers are compared as the floats of the same bits.
  handToCpu(ClipByValue, (args) => args.inputs.x!.dtype !== 'float32' || hasNaN(args, 'x'));
  handToCpu(Relu6, (args) => hasNaN(args, 'x'));
  // NaN in the first argument stays NaN, in the second it is passed over.
  for (const name of [Maximum, Minimum]) handToCpu(name, (args) => hasNaN(args, 'b'));
  // The largest value starts from the smallest positive float.
  for (const name of [Dilation2D, Dilation2DBackpropFilter, Dilation2DBackpropInput])
    handToCpu(name, () => true);
  for (const [name, kernel] of Object.entries(poolsOfNaN)) {
    wrapKernel(
      name,
      (stock) => (args) =>
        args.inputs.x!.dtype !== 'float32' || hasNaN(args, 'x') ? (kernel(args) as TensorInfo) : stock(args),
    );
  }
  // It makes floats of all else, with the bytes of what they were.
  handToCpu(StridedSlice, ({ inputs }) => inputs.x!.dtype !== 'float32');
  handToCpu(ResizeNearestNeighbor, ({ inputs }) => inputs.images!.dtype !== 'float32');
  // It takes the bytes of truth values four at a time.
  handToCpu(Select, ({ inputs }) => inputs.t!.dtype === 'bool');
  // It fills with 0 instead of any other number.
  handToCpu(RotateWithOffset, ({ attrs }) => typeof attrs?.fillValue === 'number' && attrs.fillValue !== 0);
  // It writes four bytes for each truth value, over what lies behind.
  handToCpu(Reverse, ({ inputs }) => inputs.x!.dtype === 'bool');
  for (const name of [FusedConv2D, FusedDepthwiseConv2D]) unfuse(name, { relu6: Relu6 });
  handToCpu(BatchMatMul, (args) => args.inputs.a!.dtype !== 'float32' || hasEmpty(args));
  handToCpu(_FusedMatMul, (args) => {
    const { a, b, bias } = args.inputs;
    if (a!.dtype !== 'float32' || hasEmpty(args)) return true;
    const { transposeA, transposeB } = args.attrs as unknown as _FusedMatMulAttrs;
    // In these cases the bias goes to the wrong places; one of another rank than 1 is refused.
    const batched = a!.shape[0]! > 1 || b!.shape[0]! > 1;
    return bias != null && (bias.shape.length !== 1 || batched || transposeA || transposeB);
  });
  // Its own relu makes 0 of NaN.
  unfuse(_FusedMatMul, { relu: Relu, relu6: Relu6 });
  shareIdentity();
  countIntoOneRow();
  poolPadding();
  replaceSlice();
  broadcastSlopes();
  convolveChannelsFirst();
  fuseAnyBias();
  handOtherTypesToCpu();
}
