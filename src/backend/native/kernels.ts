import {
  All,
  type BackendValues,
  Bincount,
  getKernel,
  IsNan,
  type KernelBackend,
  type KernelFunc,
  Less,
  Max,
  MaxPool3D,
  Mean,
  Min,
  Multiply,
  NonMaxSuppressionV5,
  Prelu,
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

/** Ids out of the range are an error to it, and integers stay integers. */
function sumSegments(): void {
  const cpu = onCpu(UnsortedSegmentSum);
  const sum =
    (stock: KernelFunc): KernelFunc =>
    (args) => {
      if (args.inputs.x!.dtype !== 'float32') return cpu(args);
      try {
        return stock(args);
      } catch {
        // Of whatever else is wrong the other throws an error that says it.
        return cpu(args);
      }
    };
  wrapKernel(UnsortedSegmentSum, sum, BACKEND);
}

/** The arguments for which a kernel gives what no other back end does. */
const DIFFERENT: readonly (readonly [string, (args: Arguments) => boolean])[] = [
  ...[All, Max, Mean, Min].map((name) => [name, hasEmpty] as const),
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
  for (const [name, different] of DIFFERENT) handToCpu(name, different, BACKEND);
  sumSegments();
  signOfNaN();
  preluOfInfinity();
}
