import { type Tensor, util, Variable, variable } from '@tensorflow/tfjs-core';
import type { UpdateRule } from '../core/updates/rules.ts';
import type { State } from '../transforms/index.ts';

/** A chain of transforms whose step is one rule, which is applied in one pass over memory. */
export interface OnePass {
  /** The rule with the learning rate of a step. */
  rule(learningRate: number): UpdateRule;
  /** Where the state of the chain has the slots of the rule: the place in the chain and the name there. */
  readonly slots: readonly (readonly [index: number, name: string])[];
  /** The place in the chain of `scaleByLearningRate`. */
  readonly rate: number;
}

/** An optimizer's own state, which nothing else holds. */
type Part = Record<string, Record<string, Tensor>>;

const partOf = (state: State, index: number): Part => (state as unknown as Part[])[index]!;

/** How many updates were made. */
export const countOf = (onePass: OnePass, state: State): number => Number(partOf(state, onePass.rate).count);

/** Counts one more. */
export function addOne(onePass: OnePass, state: State): void {
  Object.assign(partOf(state, onePass.rate), { count: countOf(onePass, state) + 1 });
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
