/** Transforms of gradients, the parts that optimizers are chained from. */
export type { Params, Schedule } from '../core/types.ts';
export { addDecayedWeights } from './addDecayedWeights.ts';
export { applyUpdates } from './applyUpdates.ts';
export { chain } from './chain.ts';
export { scaleByLearningRate } from './scaleByLearningRate.ts';
export { type TraceOptions, trace } from './trace.ts';
export type { GradientTransformation, Rate, RatedTransformation, State } from './types.ts';
