// tfjs holds weights to the constraint of their layer when they are set, but not after the steps of an optimizer.
import { tidy, type Variable } from '@tensorflow/tfjs-core';
import type { Constraint } from '@tensorflow/tfjs-layers/dist/constraints.js';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';

/** Puts the weights that a step has changed back to what their layers allow. */
export function applyConstraints(weights: readonly LayerVariable[]): void {
  for (const weight of weights) {
    const constraint = Reflect.get(weight, 'constraint') as Constraint | null;
    if (constraint === null || !weight.trainable) continue;
    const variable = weight.read() as Variable;
    tidy(() => variable.assign(constraint.apply(variable)));
  }
}
