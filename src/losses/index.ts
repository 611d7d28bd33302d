/**
 * Loss functions. Each takes tensors, typed arrays or nested arrays, the truth first and options last,
 * returns a tensor that gradients flow through, and goes straight into `model.compile({ loss })`. Called
 * with options alone it returns itself with those options set: `model.compile({ loss: huber({ delta: 2 }) })`.
 * A function of your own around a loss that is to be trained with `classWeight`, which weighs samples, asks
 * the loss for `reduction: 'none'`.
 */
import './formulas.ts';
import './register.ts';

export { cosineSimilarity } from './cosineSimilarity.ts';
export { binaryCrossentropy, categoricalCrossentropy } from './crossentropy.ts';
export { jensenShannon, klDivergence } from './divergence.ts';
export { contrastive, type MarginOptions, type NtXentOptions, ntXent, triplet } from './embedding.ts';
export { binaryFocal, categoricalFocal, type FocalOptions } from './focal.ts';
export { categoricalHinge, hinge, squaredHinge } from './hinge.ts';
export {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from './meanErrors.ts';
export type {
  ClassOptions,
  ClassWeight,
  LossFunction,
  LossOptions,
  ProbabilityOptions,
  Reduced,
  Reduction,
} from './options.ts';
export { type DiceOptions, dice, type TverskyOptions, tversky } from './overlap.ts';
export { poisson } from './poisson.ts';
export { type HuberOptions, huber, logCosh, type QuantileOptions, quantile } from './robust.ts';
export { type SparseOptions, sparseCategoricalCrossentropy } from './sparseCategoricalCrossentropy.ts';
