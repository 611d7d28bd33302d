/**
 * Constraints: what weights are put back to after each step. Each goes into a layer as `kernelConstraint`, on a tree by
 * `project`, and at the end of a chain of transforms.
 */
export { type Constraint, maxNorm, minMaxNorm, nonNeg, unitNorm } from './constraints.ts';
