import {
  clone,
  engine,
  keep,
  type NamedTensorMap,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { NamedTensor } from './named.ts';

/** What two sets of variables have in common only if they are the same. */
export const keyOf = (variables: Record<string, Variable>): string => JSON.stringify(Object.keys(variables));

/** The names in a key. */
export const namesOf = (key: string): string[] => JSON.parse(key) as string[];

/** Those of these variables that there are. */
export function registered(names: readonly string[]): Record<string, Variable> {
  const variables = engine().registeredVariables;
  return Object.fromEntries(names.flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])));
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function';

/** Runs `f` while the variables have the values that `values` gives for them. */
export function withWeights<T>(
  variables: Readonly<Record<string, Variable>>,
  values: () => Readonly<Record<string, Tensor>>,
  f: () => T,
): T {
  const pairs = Object.entries(variables);
  const before = pairs.map(([, variable]) => keep(clone(variable)));
  const restore = (): void => {
    for (const [i, [, variable]] of pairs.entries()) variable.assign(before[i]!);
    for (const tensor of before) tensor.dispose();
  };
  try {
    tidy(() => {
      const others = values();
      for (const [name, variable] of pairs) variable.assign(others[name]!);
    });
    const result = f();
    if (isPromise(result)) return result.finally(restore) as T;
    restore();
    return result;
  } catch (error) {
    restore();
    throw error;
  }
}

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
