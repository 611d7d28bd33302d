import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { Add, getKernel, Prelu, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Engine } from './module.ts';

/** The activations that tfjs fuses, by the number that the engine's functions take. */
const ACTIVATIONS: Readonly<Record<string, number>> = {
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

/** Whether the tensor has one number for each of `columns`, and no other. */
export const isRow = ({ shape }: TensorInfo, columns: number): boolean =>
  shape.at(-1) === columns && sizeOf(shape) === columns;

/** Runs another kernel of the wasm back end, and frees its first input. */
function then(backend: BackendWasm, kernel: string, inputs: Record<string, TensorInfo>): TensorInfo {
  const [first] = Object.values(inputs);
  const result = getKernel(kernel, 'wasm').kernelFunc({ inputs, backend });
  backend.disposeData(first!.dataId);
  return result as TensorInfo;
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
  const { bias, preluActivationWeights: slopes, leakyreluAlpha } = ending;
  const activation = ending.activation ?? 'linear';
  const kind = ACTIVATIONS[activation];
  if (kind === undefined) throw new Error(`the activation ${activation} is not known to a fused kernel`);
  const sum = bias && !hasBias ? then(backend, Add, { a: x, b: bias }) : x;
  if (kind === 0) return sum;
  const address = engine.address(sum);
  const count = sizeOf(sum.shape);
  const columns = sum.shape.at(-1)!;
  if (kind !== ACTIVATIONS.prelu) {
    engine.functions.activate(kind, address, address, count, leakyreluAlpha ?? 0);
  } else if (slopes && isRow(slopes, columns)) {
    engine.functions.prelu(address, engine.address(slopes), address, count / columns, columns);
  } else {
    return then(backend, Prelu, { x: sum, alpha: slopes! });
  }
  return sum;
}
