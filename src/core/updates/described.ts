import type { Variable } from '@tensorflow/tfjs-core';
import type { UpdateRule } from './rules.ts';

/**
 * An optimizer whose step is one rule, for whatever takes the step itself: it reads the rule and the slots, changes
 * the variables and the slots in their memory, and counts the step.
 */
export interface OptimizerUpdates {
  /** The rule of the next step; its numbers may change from step to step. */
  rule(): UpdateRule;
  /** The number of the next step, counted from 1. */
  step(): number;
  /** What the optimizer keeps for a variable, in the order of `SLOTS`; made when it has none. */
  slots(variable: Variable): Variable[];
  /** Counts a step that was taken. */
  count(): void;
}

/** Where an optimizer keeps its `OptimizerUpdates`. */
export const updatesSymbol: unique symbol = Symbol.for('descent.optimizerUpdates');

/** How the steps of an optimizer are taken, if each of them is one rule. */
export function updatesOf(optimizer: object): OptimizerUpdates | undefined {
  return Reflect.get(optimizer, updatesSymbol) as OptimizerUpdates | undefined;
}
