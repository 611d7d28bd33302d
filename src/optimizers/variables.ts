import { engine, type NamedTensorMap, Tensor, type Variable } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../core/check.ts';
import type { NamedTensor } from './named.ts';

/** What two sets of variables have in common only if they are the same. */
export const keyOf = (variables: Readonly<Record<string, Variable>>): string =>
  JSON.stringify(Object.keys(variables));

/**
 * The gradients by variable name; variables without one are left out.
 *
 * @throws ArgumentError for what is no tensor
 */
export function byName(gradients: NamedTensorMap | NamedTensor[]): NamedTensorMap {
  if (gradients === null || typeof gradients !== 'object' || gradients instanceof Tensor) {
    const allowed = 'an object of tensors by the names of their variables, or a list of { name, tensor }';
    throw new ArgumentError('applyGradients', 'gradients', describe(gradients), allowed);
  }
  const pairs = Array.isArray(gradients)
    ? gradients.map(({ name, tensor }): [string, Tensor] => [name, tensor])
    : Object.entries(gradients);
  const given = pairs.filter(([, tensor]) => tensor != null);
  for (const [name, tensor] of given) {
    if (tensor instanceof Tensor && !tensor.isDisposed) continue;
    const received = tensor instanceof Tensor ? 'one that was disposed' : describe(tensor);
    throw new ArgumentError('applyGradients', `the gradient of ${name}`, received, 'a tensor');
  }
  return Object.fromEntries(given);
}

/** The variables of these names. */
export function variablesOf(names: readonly string[]): Record<string, Variable> {
  const registered = engine().registeredVariables;
  return Object.fromEntries(
    names.map((name) => {
      const variable = registered[name];
      if (variable === undefined) throw new Error(`applyGradients: there is no variable named ${name}`);
      return [name, variable];
    }),
  );
}
