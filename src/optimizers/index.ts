/** Optimizers: chains of gradient transforms that are `tf.Optimizer`s as well. */
export { fromTransform } from './fromTransform.ts';
export { Optimizer } from './optimizer.ts';
export type { OptimizerState, SavedState, SavedTensor } from './saved.ts';
export { type SgdOptions, sgd } from './sgd.ts';
