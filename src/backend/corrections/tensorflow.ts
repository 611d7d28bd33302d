import {
  AvgPool,
  AvgPool3D,
  AvgPool3DGrad,
  AvgPoolGrad,
  BitwiseAnd,
  backend_util,
  Cast,
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  Conv3D,
  DenseBincount,
  DepthwiseConv2dNative,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  Diag,
  Draw,
  Einsum,
  FloorDiv,
  FusedConv2D,
  FusedDepthwiseConv2D,
  Greater,
  GreaterEqual,
  getKernel,
  type KernelBackend,
  type KernelFunc,
  LeakyRelu,
  Less,
  LessEqual,
  LogicalXor,
  MaxPool,
  MaxPool3D,
  MaxPool3DGrad,
  MaxPoolGrad,
  MaxPoolWithArgmax,
  Multinomial,
  type NamedAttrMap,
  PadV2,
  RaggedGather,
  RaggedRange,
  RaggedTensorToTensor,
  Relu,
  Relu6,
  RotateWithOffset,
  Round,
  ScatterNd,
  SearchSorted,
  SparseFillEmptyRows,
  SparseReshape,
  SparseSegmentMean,
  SparseSegmentSum,
  Step,
  StringNGrams,
  StringSplit,
  StringToHashBucketFast,
  type TensorInfo,
  Transform,
  util,
} from '@tensorflow/tfjs-core';
import { handToCpu, hasEmpty, supplyFromCpu, wrapKernel } from '../delegate.ts';

type Arguments = Parameters<KernelFunc>[0];
type Shape = [number, number, number, number];

const BACKEND = 'tensorflow';

const ABSENT = [
  BitwiseAnd,
  DenseBincount,
  Draw,
  LogicalXor,
  MaxPoolWithArgmax,
  RaggedGather,
  RaggedRange,
  RaggedTensorToTensor,
  RotateWithOffset,
  SearchSorted,
  SparseFillEmptyRows,
  SparseReshape,
  SparseSegmentMean,
  SparseSegmentSum,
  StringNGrams,
  StringSplit,
  StringToHashBucketFast,
  Transform,
];

const POOLS = [AvgPool, AvgPool3D, MaxPool, MaxPool3D];

/** These take padding by the names 'same' and 'valid' only. */
const PADDED_BY_NAME = [
  ...POOLS,
  AvgPool3DGrad,
  AvgPoolGrad,
  Conv2DBackpropFilter,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  MaxPool3DGrad,
  MaxPoolGrad,
];

const padsByNumbers = ({ attrs }: Arguments): boolean => typeof attrs?.pad !== 'string' && attrs?.pad !== 0;

/** Whether a window is longer than what there is: TensorFlow refuses a result without elements. */
function isBeyond({ inputs, attrs }: Arguments): boolean {
  const axes = inputs.x!.shape.slice(1, -1);
  const { filterSize } = attrs as { filterSize: number | number[] };
  return axes.some((length, axis) => (Array.isArray(filterSize) ? filterSize[axis]! : filterSize) > length);
}

/** Whether the image has not the size that a convolution to `inputShape` reads. */
function isOtherSize({ inputs, attrs }: Arguments): boolean {
  const { inputShape, strides, pad, dataFormat, dimRoundingMode } = attrs as unknown as {
    inputShape: Shape;
    strides: number;
    pad: 'same';
    dataFormat: 'NHWC';
    dimRoundingMode: 'floor';
  };
  const format = backend_util.convertConv2DDataFormat(dataFormat);
  const filter = inputs.filter!.shape as Shape;
  const info = backend_util.computeConv2DInfo(
    inputShape,
    filter,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    format,
  );
  return !util.arraysEqual(info.outShape, inputs.dy!.shape);
}

const isOfType =
  (input: string, dtype: string) =>
  ({ inputs }: Arguments): boolean =>
    inputs[input]!.dtype === dtype;

/** The arguments that each kernel refuses, or takes and gets wrong. */
const WRONG: readonly (readonly [string, (args: Arguments) => boolean])[] = [
  ...PADDED_BY_NAME.map((name) => [name, padsByNumbers] as const),
  ...POOLS.map((name) => [name, isBeyond] as const),
  [Conv2DBackpropInput, (args) => padsByNumbers(args) || isOtherSize(args)],
  ...[FusedConv2D, FusedDepthwiseConv2D].map(
    (name) => [name, ({ attrs }: Arguments) => attrs?.dataFormat === 'NCHW'] as const,
  ),
  ...[Greater, GreaterEqual, Less, LessEqual].flatMap((name) =>
    ['string', 'bool'].map((dtype) => [name, isOfType('a', dtype)] as const),
  ),
  ...[Relu, Relu6].map((name) => [name, isOfType('x', 'bool')] as const),
  // Of no images it returns the images.
  ...[Conv2D, DepthwiseConv2dNative].map((name) => [name, hasEmpty] as const),
  [Conv3D, ({ attrs }) => [attrs?.dilations ?? 1].flat().some((rate) => rate !== 1)],
  [PadV2, isOfType('x', 'complex64')],
  [Diag, isOfType('x', 'bool')],
  [LeakyRelu, isOfType('x', 'int32')],
  [Step, isOfType('x', 'int32')],
  // It returns zeros.
  [Round, isOfType('x', 'int32')],
  [ScatterNd, ({ inputs }) => inputs.indices!.shape.length === 1],
  // A kernel of TensorFlow goes on from its last sample, whatever its seed.
  [Multinomial, () => true],
];

/** TensorFlow takes a label that no input has for an axis of length 1. */
function checkLabels({ attrs }: Arguments): void {
  const [inputs, output = ''] = (attrs as { equation: string }).equation.split('->') as [string, string?];
  const unknown = [...output].find((label) => !inputs.includes(label));
  if (unknown === undefined) return;
  throw new Error(`Output subscripts contain the label ${unknown} not present in the input subscripts.`);
}

/** A convolution takes its padding for each side of each axis, but not as one number. */
const withExplicitPads =
  (stock: KernelFunc): KernelFunc =>
  (args) => {
    const { pad, dataFormat } = args.attrs as { pad?: unknown; dataFormat?: string };
    if (typeof pad !== 'number' || pad === 0) return stock(args);
    const [none, both] = [
      [0, 0],
      [pad, pad],
    ];
    const pads = dataFormat === 'NCHW' ? [none, none, both, both] : [none, both, both, none];
    return stock({ ...args, attrs: { ...args.attrs, pad: pads } as unknown as NamedAttrMap });
  };

/** The other back ends give whole numbers of a type of their own. */
const wholeQuotient =
  (stock: KernelFunc): KernelFunc =>
  (args) => {
    const quotient = stock(args) as TensorInfo;
    if (quotient.dtype === 'int32') return quotient;
    const { kernelFunc } = getKernel(Cast, BACKEND);
    const whole = kernelFunc({ inputs: { x: quotient }, attrs: { dtype: 'int32' }, backend: args.backend });
    (args.backend as KernelBackend).disposeData(quotient.dataId);
    return whole;
  };

/** Gives native TensorFlow the kernels that tfjs-node lacks, and leaves to the JavaScript back end what it refuses. */
export function repairTensorflowKernels(): void {
  if (getKernel(Transform, BACKEND)) return;
  for (const name of ABSENT) supplyFromCpu(name, BACKEND);
  for (const [name, wrong] of WRONG) handToCpu(name, wrong, BACKEND);
  const einsum = (stock: KernelFunc): KernelFunc => {
    return (args) => {
      checkLabels(args);
      return stock(args);
    };
  };
  wrapKernel(Einsum, einsum, BACKEND);
  for (const name of [Conv2D, DepthwiseConv2dNative]) wrapKernel(name, withExplicitPads, BACKEND);
  wrapKernel(FloorDiv, wholeQuotient, BACKEND);
}
