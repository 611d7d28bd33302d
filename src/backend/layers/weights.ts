// Weights of samples, which tfjs declares and refuses.
import {
  clone,
  keep,
  mean,
  mul,
  reshape,
  type Tensor,
  Tensor as TensorClass,
  tidy,
} from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../../core/check.ts';
import { toTensor } from '../../core/tensor.ts';

/** One weight a sample, of shape [samples] or [samples, 1]; one a step of a sequence in [samples, steps]. */
type SampleWeight = Tensor | readonly number[] | Float32Array | Float64Array | Int32Array;

/** Weights of all outputs, or those of each output in order or by name; null for an output without. */
export type SampleWeights =
  | SampleWeight
  | readonly (SampleWeight | null)[]
  | Readonly<Record<string, SampleWeight | null>>;

const isWeight = (value: unknown): value is SampleWeight =>
  value instanceof TensorClass ||
  ArrayBuffer.isView(value) ||
  (Array.isArray(value) && value.every((one) => typeof one === 'number'));

/** The weights of each output, as they were given. */
function perOutput(where: string, given: unknown, names: readonly string[]): unknown[] {
  if (isWeight(given)) return names.map(() => given);
  if (Array.isArray(given)) {
    if (given.length === names.length) return given;
    // Nested lists, [samples, steps].
    if (names.length === 1) return [given];
    throw new ArgumentError(
      where,
      'sampleWeight',
      `an array of ${given.length}`,
      `one for each of ${names.length} outputs`,
    );
  }
  if (given === null || typeof given !== 'object') {
    throw new ArgumentError(
      where,
      'sampleWeight',
      describe(given),
      'a tensor, an array, or one of them by output',
    );
  }
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ArgumentError(
      where,
      'sampleWeight',
      `the output '${unknown}'`,
      `by the names ${names.join(', ')}`,
    );
  }
  return names.map((name) => (given as Record<string, unknown>)[name] ?? null);
}

/**
 * The weights of each output as tensors of their own, to be disposed by the caller.
 *
 * @param where the public function, for the error message
 * @param targets the targets of each output
 * @throws ArgumentError when they are none, or are not as many as the samples
 */
export function weightsOf(
  where: string,
  given: unknown,
  names: readonly string[],
  targets: readonly Tensor[],
): (Tensor | null)[] {
  if (given === undefined || given === null) return names.map(() => null);
  return perOutput(where, given, names).map((one, i) => {
    if (one === null || one === undefined) return null;
    const weights = tidy(() => clone(toTensor(where, 'sampleWeight', one as SampleWeight as Tensor)));
    const samples = targets[i]!.shape[0]!;
    if (weights.shape[0] === samples) return weights;
    const received = `of shape [${weights.shape}]`;
    weights.dispose();
    throw new ArgumentError(where, 'sampleWeight', received, `one a sample, of shape [${samples}]`);
  });
}

/** Both weights multiplied, in a tensor of its own; frees them. */
export function combined(a: Tensor | null, b: Tensor | null): Tensor | null {
  if (a === null || b === null) return a ?? b;
  const [inner, outer] = a.rank < b.rank ? [a, b] : [b, a];
  const product = tidy(() => keep(mul(outer, aligned(inner, outer.rank))));
  a.dispose();
  b.dispose();
  return product;
}

/** `weights` with axes of size 1 behind. */
const aligned = (weights: Tensor, rank: number): Tensor =>
  reshape(weights, [...weights.shape, ...Array.from({ length: rank - weights.rank }, () => 1)]);

/** Losses of samples, each multiplied by its weight; the loss of a sample of several values is their mean. */
export function weighed(loss: Tensor, given: Tensor): Tensor {
  const weights =
    given.rank === loss.rank + 1 && given.shape.at(-1) === 1
      ? reshape(given, given.shape.slice(0, -1))
      : given;
  const shape = weights.shape.at(-1) === 1 && weights.rank > 1 ? weights.shape.slice(0, -1) : weights.shape;
  const inner = loss.shape.map((_, axis) => axis).slice(shape.length);
  const each = inner.length > 0 ? mean(loss, inner) : loss;
  if (each.rank !== shape.length || shape.some((size, i) => size !== each.shape[i])) {
    throw new ArgumentError(
      'fit',
      'sampleWeight',
      `of shape [${given.shape}]`,
      `of the shape of the losses, [${loss.shape}], or its leading sizes`,
    );
  }
  return mul(each, reshape(weights, shape));
}
