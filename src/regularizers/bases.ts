import { constraints, layers, regularizers } from '@tensorflow/tfjs-layers';
import type { Constraint } from '@tensorflow/tfjs-layers/dist/constraints.js';
import type { Dropout } from '@tensorflow/tfjs-layers/dist/layers/core.js';
import type { Regularizer } from '@tensorflow/tfjs-layers/dist/regularizers.js';

// tfjs-layers tells what a layer may be given by these classes, and exports none of them.

/** The class that every regularizer of a layer extends. */
export const RegularizerBase: typeof Regularizer = Object.getPrototypeOf(
  regularizers.l2({ l2: 0 }).constructor,
);

/** What a layer takes as `kernelConstraint` and `biasConstraint`. */
export type LayerConstraint = Constraint;
/** What a layer takes as `kernelRegularizer`, `biasRegularizer` and `activityRegularizer`. */
export type LayerRegularizer = Regularizer;

/** The class of dropout layers. */
export const DropoutBase: typeof Dropout = layers.dropout({ rate: 0 }).constructor as typeof Dropout;

/** tfjs's constraints. */
export const stock: typeof constraints = constraints;
