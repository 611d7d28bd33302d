/** Regularization: penalties, proximal steps, constraints, and dropout. */
export * as constraints from './constraints/index.ts';
export {
  type DropoutLayer,
  type DropoutOptions,
  dropout,
  spatialDropout2d,
  spatialDropout3d,
} from './dropout.ts';
export { type GroupLassoOptions, groupLasso } from './groupLasso.ts';
export type { GroupAxis } from './groups.ts';
export { type MonteCarloOptions, type MonteCarloPrediction, monteCarloDropout } from './monteCarloDropout.ts';
export { type L1Options, type L2Options, l1, l1l2, l2 } from './norms.ts';
export { type OrthogonalOptions, orthogonal } from './orthogonal.ts';
export type { Penalty } from './penalty.ts';
export * as proximal from './proximal/index.ts';
