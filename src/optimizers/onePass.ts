import { type Tensor, util, Variable, variable } from '@tensorflow/tfjs-core';
import type { UpdateRule } from '../core/updates/rules.ts';
import type { State } from '../transforms/index.ts';

/** A chain of transforms whose step is one rule, which is applied in one pass over memory. */
export interface OnePass {
  /** The rule with the learning rate of a step. */
  rule(learningRate: number): UpdateRule;
  /** Where the state of the chain has the slots of the rule: the place in the chain and the name there. */
  readonly slots: readonly (readonly [index: number, name: string])[];
}

/** An optimizer's own state, which nothing else holds. */
type Part = Record<string, Record<string, Tensor>>;

const partOf = (state: State, index: number): Part => (state as unknown as Part[])[index]!;

const counting = (state: State): Part[] => (state as unknown as Part[]).filter((part) => 'count' in part);

/** How many updates were made. */
export const countOf = (state: State): number => Number(counting(state)[0]!.count);

/** Counts one more. */
export function addOne(state: State): void {
  const count = countOf(state) + 1;
  for (const part of counting(state)) Object.assign(part, { count });
}

/** The slots of a variable, if there are any, which become variables themselves, to be changed where they are. */
export function slotsIn(onePass: OnePass, state: State, name: string): Variable[] | undefined {
  if (onePass.slots.some(([index, slot]) => !partOf(state, index)[slot]![name])) return undefined;
  return onePass.slots.map(([index, slot]) => {
    const leaves = partOf(state, index)[slot]!;
    const leaf = leaves[name]!;
    if (leaf instanceof Variable) return leaf;
    const slotVariable = variable(leaf, false);
    leaf.dispose();
    leaves[name] = slotVariable;
    return slotVariable;
  });
}

/** Whether the gradients are what a rule takes; what else there is the chain takes, or rejects. */
export const fits = (variables: Record<string, Variable>, grads: Record<string, Tensor>): boolean =>
  Object.entries(variables).every(([name, { dtype, shape }]) => {
    const gradient = grads[name]!;
    return dtype === 'float32' && gradient.dtype === 'float32' && util.arraysEqual(shape, gradient.shape);
  });
