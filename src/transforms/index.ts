/** Transforms of gradients, the parts that optimizers are chained from. */
export type { Params, Schedule } from '../core/types.ts';
export { type AccumulateOptions, accumulate } from './accumulate.ts';
export { type AdaptiveGradientClipOptions, adaptiveGradientClip } from './adaptiveGradientClip.ts';
export { addDecayedWeights } from './addDecayedWeights.ts';
export { type AddNoiseOptions, addNoise } from './addNoise.ts';
export { applyUpdates } from './applyUpdates.ts';
export { averageWeights } from './averageWeights.ts';
export { centralize } from './centralize.ts';
export { chain } from './chain.ts';
export { clipByBlockRms } from './clipByBlockRms.ts';
export { clipByGlobalNorm } from './clipByGlobalNorm.ts';
export { clipByNorm } from './clipByNorm.ts';
export { clipByValue } from './clipByValue.ts';
export { type EmaOptions, type EmaState, ema } from './ema.ts';
export { evaluationParams } from './evaluationParams.ts';
export { type FtrlOptions, ftrl } from './ftrl.ts';
export { globalNorm } from './globalNorm.ts';
export { type InjectedTransformation, type InjectState, injectHyperparams } from './injectHyperparams.ts';
export { type LookaheadOptions, lookahead } from './lookahead.ts';
export { type MaskedState, masked } from './masked.ts';
export {
  type NewtonSchulzCoefficients,
  type OrthogonalizeOptions,
  orthogonalize,
} from './orthogonalize.ts';
export { type Labels, type PartitionState, partition } from './partition.ts';
export type { Selector } from './paths.ts';
export type { PreconditionerOptions } from './preconditioners.ts';
export { type SamOptions, sam } from './sam.ts';
export { scale } from './scale.ts';
export { type ScaleByAdadeltaOptions, scaleByAdadelta } from './scaleByAdadelta.ts';
export { type MomentOptions, type ScaleByAdamOptions, scaleByAdam } from './scaleByAdam.ts';
export { scaleByAdamax } from './scaleByAdamax.ts';
export { type ScaleByFactoredRmsOptions, scaleByFactoredRms } from './scaleByFactoredRms.ts';
export { scaleByLearningRate } from './scaleByLearningRate.ts';
export { type ScaleByLionOptions, scaleByLion } from './scaleByLion.ts';
export { type ScaleByMuonOptions, scaleByMuon } from './scaleByMuon.ts';
export { scaleByNadam } from './scaleByNadam.ts';
export { type ScaleByParamBlockRmsOptions, scaleByParamBlockRms } from './scaleByParamBlockRms.ts';
export { type ScaleByRadamOptions, scaleByRadam } from './scaleByRadam.ts';
export { type ScaleByRmsOptions, scaleByRms } from './scaleByRms.ts';
export { type ScaleByRssOptions, scaleByRss } from './scaleByRss.ts';
export { scaleBySchedule } from './scaleBySchedule.ts';
export { type ScaleByShampooOptions, scaleByShampoo } from './scaleByShampoo.ts';
export { type ScaleByShapeOptions, scaleByShape } from './scaleByShape.ts';
export { type ScaleBySoapOptions, scaleBySoap } from './scaleBySoap.ts';
export { type ScaleByTrustRatioOptions, scaleByTrustRatio } from './scaleByTrustRatio.ts';
export { type ScaleByYogiOptions, scaleByYogi } from './scaleByYogi.ts';
export { type ScheduleFreeOptions, scheduleFree } from './scheduleFree.ts';
export { type TraceOptions, trace } from './trace.ts';
export type { GradientTransformation, Rate, RatedTransformation, State } from './types.ts';
