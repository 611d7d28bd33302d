// tfjs holds weights to the constraint of their layer when they are set, but not after the steps of an optimizer.
import { tidy, type Variable } from '@tensorflow/tfjs-core';
import type { Constraint } from '@tensorflow/tfjs-layers/dist/constraints.js';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';

/** What the layer of a weight holds it to. */
export const constraintOf = (weight: LayerVariable): Constraint | null =>
  Reflect.get(weight, 'constraint') as Constraint | null;

/** Puts the weights that a step has changed back to what their layers allow. */
export function applyConstraints(weights: readonly LayerVariable[]): void {
  for (const weight of weights) {
    const constraint = constraintOf(weight);
    if (constraint === null || !weight.trainable) continue;
    const variable = weight.read() as Variable;
    tidy(() => variable.assign(constraint.apply(variable)));
  }
}
