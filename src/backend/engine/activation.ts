import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { Add, getKernel, Multiply, Prelu, type TensorInfo } from '@tensorflow/tfjs-core';
import { wrapKernel } from '../delegate.ts';
import type { Engine } from './module.ts';

/** The activations that tfjs fuses, by the number that the engine's functions take. */
export const ACTIVATIONS: Readonly<Record<string, number>> = {
  linear: 0,
  relu: 1,
  relu6: 2,
  prelu: 3,
  leakyrelu: 4,
  sigmoid: 5,
  elu: 6,
};

/** What fused kernels do after the product. */
export interface Ending {
  readonly bias?: TensorInfo | null | undefined;
  readonly preluActivationWeights?: TensorInfo | null | undefined;
  readonly activation?: string | null | undefined;
  readonly leakyreluAlpha?: number | null | undefined;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/** The slope of leakyrelu below zero; elu's own parameter is 1. */
export const parameterOf = ({ activation, leakyreluAlpha }: Ending): number =>
  activation === 'elu' ? 1 : (leakyreluAlpha ?? 0);

/** Whether the tensor has one number for each of `columns`, and no other. */
export const isRow = ({ shape }: TensorInfo, columns: number): boolean =>
  shape.at(-1) === columns && sizeOf(shape) === columns;

/** x + bias in place of x. */
function add(backend: BackendWasm, x: TensorInfo, bias: TensorInfo): TensorInfo {
  const sum = getKernel(Add, 'wasm').kernelFunc({ inputs: { a: x, b: bias }, backend });
  backend.disposeData(x.dataId);
  return sum as TensorInfo;
}

/**
 * Adds the bias, unless the product began with it, and applies the activation.
 *
 * @returns `x`, or what takes its place
 */
export function finish(
  engine: Engine,
  backend: BackendWasm,
  x: TensorInfo,
  ending: Ending,
  hasBias: boolean,
): TensorInfo {
  const { bias, preluActivationWeights: slopes } = ending;
  const activation = ending.activation ?? 'linear';
  const kind = ACTIVATIONS[activation];
  if (kind === undefined) throw new Error(`the activation ${activation} is not known to a fused kernel`);
  const sum = bias && !hasBias ? add(backend, x, bias) : x;
  if (kind === 0) return sum;
  if (kind === ACTIVATIONS.prelu) {
    const result = prelu(engine, backend, sum, slopes!);
    backend.disposeData(sum.dataId);
    return result;
  }
  const address = engine.address(sum);
  engine.functions.curve(kind, address, address, sizeOf(sum.shape), parameterOf(ending));
  return sum;
}

/** x, times the slope where it is negative; slopes of any shape that broadcasts to x's. */
function prelu(engine: Engine, backend: BackendWasm, x: TensorInfo, slopes: TensorInfo): TensorInfo {
  const multiply = getKernel(Multiply, 'wasm').kernelFunc;
  const scaled = multiply({ inputs: { a: x, b: slopes }, backend }) as TensorInfo;
  if (sizeOf(scaled.shape) !== sizeOf(x.shape)) {
    throw new Error(`prelu: the slopes [${slopes.shape}] must broadcast to the shape [${x.shape}] of x`);
  }
  const to = engine.address(scaled);
  engine.functions.replaceNegative(engine.address(x), to, to, sizeOf(x.shape));
  return scaled;
}

/** Registers prelu, which stock wasm computes with slopes of one shape only. */
export function registerPrelu(engine: Engine): void {
  wrapKernel(Prelu, (stock) => (args) => {
    const { x, alpha } = args.inputs;
    if (x!.dtype !== 'float32' || alpha!.dtype !== 'float32') return stock(args);
    return prelu(engine, args.backend as BackendWasm, x!, alpha!);
  });
}
