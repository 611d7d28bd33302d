/** Linear models in double precision, with scikit-learn's objectives. */
export type { CrossValidated } from './crossValidate.ts';
export {
  type ElasticNetOptions,
  elasticNet,
  type LassoOptions,
  lasso,
  type SparseModel,
} from './elasticNet.ts';
export {
  type CrossValidatedNet,
  type ElasticNetCvOptions,
  elasticNetCv,
  type LassoCvOptions,
  lassoCv,
} from './elasticNetCv.ts';
export { type LeastSquaresOptions, leastSquares } from './leastSquares.ts';
export { type LogisticModel, type LogisticOptions, logisticRegression } from './logisticRegression.ts';
export type { LinearModel, LinearModels, SeveralTargets } from './model.ts';
export {
  type ElasticNetPathOptions,
  elasticNetPath,
  type LassoPathOptions,
  lassoPath,
  type Path,
  type RidgePathOptions,
  ridgePath,
} from './paths.ts';
export { type RidgeOptions, ridge } from './ridge.ts';
export { type RidgeCvOptions, ridgeCv } from './ridgeCv.ts';
