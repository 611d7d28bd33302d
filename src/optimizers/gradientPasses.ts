import { clone, dispose, engine, keep, type Scalar, tidy, type Variable } from '@tensorflow/tfjs-core';
import { disposeTree } from '../core/tree.ts';
import type { Optimizer } from './optimizer.ts';
import type { VariableState } from './variableState.ts';

/** One gradient of a function, and the update by it; returns the value of the function before. */
function takePass(optimizer: Optimizer, f: () => Scalar, variables?: Variable[]): Scalar {
  // tfjs leaves the value behind where it throws.
  const { value, grads } = tidy(() => optimizer.computeGradients(f, variables));
  try {
    optimizer.applyGradients(variables?.map(({ name }) => ({ name, tensor: grads[name]! })) ?? grads);
  } catch (error) {
    value.dispose();
    throw error;
  } finally {
    dispose(grads);
  }
  return value;
}

/**
 * The passes that make a step of `minimize`, all of them or none: where one throws, the variables and the state are
 * what they were.
 *
 * @param state that of the optimizer
 * @param given the variables to change; all trainable ones if there are none
 * @returns the value of the function before the first
 */
export function takePasses(
  optimizer: Optimizer,
  state: VariableState,
  f: () => Scalar,
  given?: Variable[],
): Scalar {
  const passes = optimizer.gradientPasses;
  if (passes === 1) return takePass(optimizer, f, given);
  const variables = given ?? Object.values(engine().registeredVariables).filter((v) => v.trainable);
  const before = state.copy();
  const values = variables.map((variable) => keep(clone(variable)));
  let cost: Scalar | undefined;
  try {
    cost = takePass(optimizer, f, given);
    for (let pass = 1; pass < passes; pass++) takePass(optimizer, f, given).dispose();
    if (before !== undefined) disposeTree(before);
    return cost;
  } catch (error) {
    cost?.dispose();
    for (const [i, variable] of variables.entries()) variable.assign(values[i]!);
    state.replace(before);
    throw error;
  } finally {
    dispose(values);
  }
}
