/** Training: `fit` with its callbacks, and steps that are compiled once. */
export type { Callback, Logs, Run } from './callbacks.ts';
export { type CompiledStep, type CompileStepOptions, compileStep } from './compileStep.ts';
export {
  type FindLearningRateOptions,
  findLearningRate,
  type RateCurve,
  type RateSearch,
} from './findLearningRate.ts';
export type { ClassWeight } from './fit/classWeight.ts';
export type { Batches, Data } from './fit/data.ts';
export type { Samples } from './fit/element.ts';
export type { FitHistory } from './fit/history.ts';
export type { AnyCallback, CheckpointOptions, FitOptions } from './fit/options.ts';
export { fit } from './fit.ts';
export { type HybridOptions, type HybridPoint, type HybridResult, hybrid } from './hybrid.ts';
export type { Mode, MonitorOptions } from './monitor.ts';
export { type LayerNorms, NonFiniteError, type NonFinitePart } from './nonFinite.ts';
export type { TrainingData } from './rates/batches.ts';
export { ReduceOnPlateau, type ReduceOnPlateauOptions, reduceOnPlateau } from './reduceOnPlateau.ts';
