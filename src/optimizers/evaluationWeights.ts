import { clone, engine, keep, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { mapLeaves, selectTree, tidyTree } from '../core/tree.ts';
import type { Tree } from '../core/types.ts';
import { evaluationParams, type GradientTransformation, type State } from '../transforms/index.ts';
import { namesIn } from './namesIn.ts';
import type { Kinds } from './saved.ts';

type Variables = Readonly<Record<string, Variable>>;

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function';

/** Runs `f` while the variables have the values that `values` gives for them. */
function withValues<T>(variables: Variables, values: () => Readonly<Record<string, Tensor>>, f: () => T): T {
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

/**
 * Runs `f` while the variables that a state knows have the values that are to be evaluated.
 *
 * @param kinds what every state of the transform holds
 */
export function withEvaluationWeights<T>(
  transform: GradientTransformation,
  state: State,
  kinds: Kinds,
  f: () => T,
): T {
  const all = engine().registeredVariables;
  const names = new Set(namesIn(state, kinds));
  const variables: Variables = Object.fromEntries(
    [...names].flatMap((name) => (all[name] ? [[name, all[name]]] : [])),
  );
  const values = (): Readonly<Record<string, Tensor>> => {
    const template: Tree<null> = tidyTree(() => mapLeaves(transform.init(variables), () => null));
    return evaluationParams(transform, selectTree(state, template), variables);
  };
  return withValues(variables, values, f);
}
