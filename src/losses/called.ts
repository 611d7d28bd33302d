import { Tensor } from '@tensorflow/tfjs-core';
import { ArgumentError } from '../core/check.ts';
import { described, descriptionOf } from '../core/description.ts';
import { defineLoss } from '../core/losses.ts';
import type { TensorLike } from '../core/types.ts';
import type { Reduced, Reduction } from './options.ts';

/**
 * A loss whose options have been checked: takes the tensors of a call. With `perSample` the losses of the samples,
 * weighed so that their mean is what the loss is with its reduction.
 */
export type Prepared = (inputs: readonly TensorLike[], perSample?: boolean) => Tensor;

/** What a call of a loss gives: its value, or of a call without tensors the loss with its options set. */
export type Called = Tensor | ((...inputs: TensorLike[]) => Reduced<Reduction>);

const isData = (value: unknown): boolean =>
  value instanceof Tensor || Array.isArray(value) || ArrayBuffer.isView(value) || typeof value === 'number';

/** The loss with its options set. */
function configured(loss: { readonly name: string }, options: object, prepared: Prepared): Called {
  const { name } = loss;
  const result = (...inputs: TensorLike[]): Tensor => prepared(inputs);
  Object.defineProperty(result, 'name', { value: name, configurable: true });
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const description = descriptionOf(loss);
  if (description) {
    const parameters = description.parameters!.filter((one) => one !== 'options');
    described(result, { ...description, options: { ...description.options, ...given }, parameters });
  }
  defineLoss(result, { name, options: given, samples: (...inputs) => prepared(inputs, true) });
  return result as Called;
}

/**
 * Answers a call of a loss with tensors and options, or with options alone.
 *
 * @param prepare checks the options
 * @param arity how many tensors the loss takes
 */
export function called<O extends object>(
  loss: { readonly name: string },
  call: readonly unknown[],
  prepare: (options: O) => Prepared,
  arity = 2,
): Called {
  if (call.length < 2) {
    const [options = {}] = call;
    if (isData(options)) {
      const allowed = 'given as well; without tensors a call sets the options of a loss';
      throw new ArgumentError(
        loss.name,
        descriptionOf(loss)?.parameters?.[1] ?? 'yPred',
        'one tensor',
        allowed,
      );
    }
    return configured(loss, options as O, prepare(options as O));
  }
  const options = call[arity] === undefined ? {} : call[arity];
  return prepare(options as O)(call.slice(0, arity) as TensorLike[]);
}
