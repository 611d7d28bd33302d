import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { getKernel, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs-core';

/** The arguments of a kernel by name; those that are not given may be undefined. */
export type Inputs = Readonly<Record<string, TensorInfo | undefined>>;

/** Runs a kernel of the wasm back end, as it is registered when it is called. */
export function callKernel(
  name: string,
  inputs: Inputs,
  backend: BackendWasm,
  attrs: NamedAttrMap = {},
): TensorInfo {
  const given = Object.entries(inputs).filter((entry): entry is [string, TensorInfo] => entry[1] != null);
  const result = getKernel(name, 'wasm').kernelFunc({ inputs: Object.fromEntries(given), attrs, backend });
  return result as TensorInfo;
}
