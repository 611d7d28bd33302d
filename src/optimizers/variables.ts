import { engine, type NamedTensorMap, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { NamedTensor } from './named.ts';

/** What two sets of variables have in common only if they are the same. */
export const keyOf = (variables: Readonly<Record<string, Variable>>): string =>
  JSON.stringify(Object.keys(variables));

/** The gradients by variable name; variables without one are left out. */
export function byName(gradients: NamedTensorMap | NamedTensor[]): NamedTensorMap {
  const pairs = Array.isArray(gradients)
    ? gradients.map(({ name, tensor }): [string, Tensor] => [name, tensor])
    : Object.entries(gradients);
  return Object.fromEntries(pairs.filter(([, tensor]) => tensor != null));
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
