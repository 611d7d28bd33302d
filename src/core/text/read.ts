import type { TensorLook } from './tensor.ts';

/** A tensor of any copy of tfjs, as far as it is looked at here. */
export interface AnyTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed?: boolean;
  readonly name?: string;
  readonly trainable?: boolean;
  readonly values?: ArrayLike<unknown>;
  dataSync?(): ArrayLike<unknown>;
  data?(): Promise<ArrayLike<unknown>>;
}

/** How a tensor is called: variables have a name and may be trainable, buffers can be written. */
function titleOf(tensor: AnyTensor): string {
  if (tensor.dataSync === undefined && tensor.values !== undefined) return 'TensorBuffer';
  if (tensor.trainable === undefined || tensor.name === undefined) return 'Tensor';
  return `Variable '${tensor.name}'${tensor.trainable ? '' : ' (not trainable)'}`;
}

/** Reads a tensor for its text. Throws nothing: where the values cannot be read, it says why. */
export function lookAt(tensor: AnyTensor): TensorLook {
  const { shape, dtype } = tensor;
  const look = { title: titleOf(tensor), shape, dtype };
  if (tensor.isDisposed === true) return { ...look, values: undefined, reason: 'disposed' };
  try {
    return {
      ...look,
      values: tensor.dataSync === undefined ? tensor.values : tensor.dataSync(),
      reason: 'no values',
    };
  } catch {
    return { ...look, values: undefined, reason: 'its values can only be read later: await x.data()' };
  }
}
