import {
  All,
  type BackendValues,
  Bincount,
  Conv2D,
  Conv3D,
  DepthwiseConv2dNative,
  FloorDiv,
  Greater,
  GreaterEqual,
  getKernel,
  IsNan,
  type KernelBackend,
  type KernelFunc,
  Less,
  LessEqual,
  LogicalXor,
  Max,
  MaxPool3D,
  Mean,
  Min,
  Multiply,
  NonMaxSuppressionV5,
  NotEqual,
  Prelu,
  Relu,
  Relu6,
  registerKernel,
  Select,
  Sign,
  type TensorInfo,
  UnsortedSegmentSum,
  ZerosLike,
} from '@tensorflow/tfjs-core';
import { handToCpu, hasEmpty, onCpu, wrapKernel } from '../delegate.ts';

type Arguments = Parameters<KernelFunc>[0];

const BACKEND = 'tensorflow';

/** Runs a kernel of TensorFlow. */
function run(kernelName: string, inputs: Record<string, TensorInfo>, backend: object): TensorInfo {
  return getKernel(kernelName, BACKEND).kernelFunc({ inputs, backend, attrs: {} }) as TensorInfo;
}

/** Frees results that only others were made of. */
function release(backend: object, ...infos: readonly TensorInfo[]): void {
  for (const { dataId } of infos) (backend as KernelBackend).disposeData(dataId);
}

const isOf =
  (dtype: string, input = 'x') =>
  ({ inputs }: Arguments): boolean =>
    inputs[input]!.dtype === dtype;

const isDilated = ({ attrs }: Arguments): boolean =>
  [attrs?.dilations ?? 1].flat().some((dilation) => dilation !== 1);

/** Whether the input `x` holds NaN; infinities of both signs count as NaN too. */
function hasNaN({ inputs, backend }: Arguments): boolean {
  const { dataId, dtype } = inputs.x!;
  if (dtype !== 'float32') return false;
  const read = backend as { readSync(dataId: object): BackendValues };
  let sum = 0;
  for (const value of read.readSync(dataId) as Float32Array) sum += value;
  return Number.isNaN(sum);
}

/** NaN has no sign. */
function signOfNaN(): void {
  const sign =
    (stock: KernelFunc): KernelFunc =>
    (args) => {
      const x = args.inputs.x!;
      const [condition, t] = [IsNan, ZerosLike].map((name) => run(name, { x }, args.backend)) as [
        TensorInfo,
        TensorInfo,
      ];
      const e = stock(args) as TensorInfo;
      const result = run(Select, { condition, t, e }, args.backend);
      release(args.backend, condition, t, e);
      return result;
    };
  wrapKernel(Sign, sign, BACKEND);
}

/** As a sum of two halves an infinity becomes NaN. */
function preluOfInfinity(): void {
  const prelu =
    (stock: KernelFunc): KernelFunc =>
    (args) => {
      const { inputs, backend } = args;
      const [x, alpha] = [inputs.x!, inputs.alpha!];
      if (x.dtype !== 'float32' || alpha.dtype !== 'float32') return stock(args);
      const b = run(ZerosLike, { x }, backend);
      const [condition, t] = [run(Less, { a: x, b }, backend), run(Multiply, { a: x, b: alpha }, backend)];
      const result = run(Select, { condition, t, e: x }, backend);
      release(backend, b, condition, t);
      return result;
    };
  wrapKernel(Prelu, prelu, BACKEND);
}

/** A number is how much is added on each side; TensorFlow wants each of them. */
function padByNumber(): void {
  const padded =
    (stock: KernelFunc): KernelFunc =>
    (args) => {
      const { pad, dataFormat } = args.attrs ?? {};
      if (typeof pad !== 'number') return stock(args);
      const [none, around] = [
        [0, 0],
        [pad, pad],
      ];
      const each = dataFormat === 'NCHW' ? [none, none, around, around] : [none, around, around, none];
      return stock({ ...args, attrs: { ...args.attrs, pad: each as unknown as number[] } });
    };
  wrapKernel(Conv2D, padded, BACKEND);
  handToCpu(DepthwiseConv2dNative, ({ attrs }) => typeof attrs?.pad !== 'string', BACKEND);
}

/** Ids out of the range are an error to it, and integers stay integers. */
function sumSegments(): void {
  const cpu = onCpu(UnsortedSegmentSum);
  const sum =
    (stock: KernelFunc): KernelFunc =>
    (args) => {
      if (!isOf('float32')(args)) return cpu(args);
      try {
        return stock(args);
      } catch {
        // Of whatever else is wrong the other throws an error that says it.
        return cpu(args);
      }
    };
  wrapKernel(UnsortedSegmentSum, sum, BACKEND);
}

/** Of two truth values one alone is true where they differ. */
function exclusiveOr(): void {
  const kernelFunc: KernelFunc = ({ inputs, backend }) =>
    run(NotEqual, { a: inputs.a!, b: inputs.b! }, backend);
  registerKernel({ kernelName: LogicalXor, backendName: BACKEND, kernelFunc });
}

/** The arguments that a kernel refuses, or for which it gives what no other back end does. */
const DIFFERENT: readonly (readonly [string, (args: Arguments) => boolean])[] = [
  ...[All, Max, Mean, Min, Conv2D, DepthwiseConv2dNative].map((name) => [name, hasEmpty] as const),
  ...[Greater, GreaterEqual, Less, LessEqual].map((name) => [name, isOf('bool', 'a')] as const),
  ...[Relu, Relu6].map((name) => [name, isOf('bool')] as const),
  // Its result is of the type of its arguments.
  [FloorDiv, (args) => !isOf('int32', 'a')(args) || !isOf('int32', 'b')(args)],
  [Conv3D, isDilated],
  // It passes over NaN in some places.
  [MaxPool3D, hasNaN],
  // It lists boxes whose score has become too small.
  [NonMaxSuppressionV5, () => true],
  [Bincount, () => true],
];

let isDone = false;

/** Has the kernels of tfjs-node compute what the other back ends do. They are registered for good: it is done once. */
export function alignNativeKernels(): void {
  if (isDone) return;
  isDone = true;
  padByNumber();
  for (const [name, different] of DIFFERENT) handToCpu(name, different, BACKEND);
  sumSegments();
  signOfNaN();
  preluOfInfinity();
  exclusiveOr();
}
