/** Linear models in double precision, with scikit-learn's objectives. */
export {
  type ElasticNetOptions,
  elasticNet,
  type LassoOptions,
  lasso,
  type SparseModel,
} from './elasticNet.ts';
export { type LeastSquaresOptions, leastSquares } from './leastSquares.ts';
export type { LinearModel, LinearModels, SeveralTargets } from './model.ts';
export { type RidgeOptions, ridge } from './ridge.ts';
