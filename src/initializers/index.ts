/** Initial weights, and how far the numbers of each layer spread with them. */
export { type OrthogonalOptions, orthogonal } from './orthogonal.ts';
export {
  constant,
  identity,
  type NormalOptions,
  ones,
  randomNormal,
  randomUniform,
  truncatedNormal,
  type UniformOptions,
  zeros,
} from './plain.ts';
export type { LayerVariance } from './report/rows.ts';
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  leCunNormal,
  leCunNormal as lecunNormal,
  leCunUniform,
  leCunUniform as lecunUniform,
  type VarianceScalingOptions,
  varianceScaling,
} from './scaled.ts';
export type { SeedOptions } from './seed.ts';
export { type VarianceReport, type VarianceReportOptions, varianceReport } from './varianceReport.ts';
