import { type Tensor, util, Variable, variable } from '@tensorflow/tfjs-core';
import { applyRule, takesInOnePass } from '../core/updates/apply.ts';
import type { OptimizerUpdates } from '../core/updates/described.ts';
import type { UpdateRule } from '../core/updates/rules.ts';
import type { Rate, State } from '../transforms/index.ts';
import { rateAt } from '../transforms/scaleByLearningRate.ts';
import type { VariableState } from './variableState.ts';

/** A chain of transforms whose step is one rule, which is applied in one pass over memory. */
export interface OnePass {
  /** The rule with the learning rate of a step. */
  rule(learningRate: number): UpdateRule;
  /** Where the state of the chain has the slots of the rule: the place in the chain and the name there. */
  readonly slots: readonly (readonly [index: number, name: string])[];
}

type Variables = Readonly<Record<string, Variable>>;
type Gradients = Readonly<Record<string, Tensor>>;

/** An optimizer's own state, which nothing else holds. */
type Part = Record<string, Record<string, Tensor>>;

const partOf = (state: State, index: number): Part => (state as unknown as Part[])[index]!;

const counting = (state: State): Part[] => (state as unknown as Part[]).filter((part) => 'count' in part);

/** How many updates were made. */
const countOf = (state: State): number => Number(counting(state)[0]!.count);

/** Counts one more. */
function addOne(state: State): void {
  const count = countOf(state) + 1;
  for (const part of counting(state)) Object.assign(part, { count });
}

/** The slots of a variable, if there are any, which become variables themselves, to be changed where they are. */
function slotsIn(onePass: OnePass, state: State, name: string): Variable[] | undefined {
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
const fits = (variables: Variables, grads: Gradients): boolean =>
  Object.entries(variables).every(([name, { dtype, shape }]) => {
    const gradient = grads[name]!;
    return dtype === 'float32' && gradient.dtype === 'float32' && util.arraysEqual(shape, gradient.shape);
  });

/**
 * How the steps of an optimizer are taken by its rule.
 *
 * @param rate the learning rate, which may change between steps
 * @param counted is told of each step that was taken
 */
export function updatesBy(
  onePass: OnePass,
  state: VariableState,
  rate: () => Rate,
  counted: () => void,
): OptimizerUpdates {
  const tree = (): State => state.tree ?? state.treeWith({});
  return {
    rule: () => onePass.rule(rateAt(rate(), countOf(tree()))),
    step: () => countOf(tree()) + 1,
    slots: (variable) =>
      slotsIn(onePass, tree(), variable.name) ??
      slotsIn(onePass, state.treeWith({ [variable.name]: variable }), variable.name)!,
    count: () => {
      addOne(tree());
      counted();
    },
  };
}

/** Takes a step of all variables by the rule; returns whether it did: the chain takes what the rule does not. */
export function stepByRule(
  updates: OptimizerUpdates,
  state: VariableState,
  variables: Variables,
  grads: Gradients,
): boolean {
  if (!fits(variables, grads)) return false;
  const [rule, step] = [updates.rule(), updates.step()];
  if (!takesInOnePass(rule, step)) return false;
  state.treeWith(variables);
  const targets = Object.entries(variables).map(([name, variable]) => ({
    variable,
    gradient: grads[name]!,
    slots: updates.slots(variable),
  }));
  applyRule(rule, step, targets);
  updates.count();
  return true;
}
