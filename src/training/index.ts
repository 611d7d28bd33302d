/** Training: `fit` with its callbacks, and steps that are compiled once. */
export type { Callback, Logs, Run } from './callbacks.ts';
export { type CompiledStep, type CompileStepOptions, compileStep } from './compileStep.ts';
export { type CsvLoggerOptions, csvLogger } from './csvLogger.ts';
export { type EarlyStopping, type EarlyStoppingOptions, earlyStopping } from './earlyStopping.ts';
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
export { type GradientMonitor, type GradientMonitorOptions, gradientMonitor } from './gradientMonitor.ts';
export type { GradientWarning } from './gradients/warnings.ts';
export type { HybridOptions } from './hybrid/settings.ts';
export { type HybridPoint, type HybridResult, hybrid } from './hybrid.ts';
export { type ModelCheckpointOptions, modelCheckpoint } from './modelCheckpoint.ts';
export type { Mode, MonitorOptions } from './monitor.ts';
export { type LayerNorms, NonFiniteError, type NonFinitePart } from './nonFinite.ts';
export { ReduceOnPlateau, type ReduceOnPlateauOptions, reduceOnPlateau } from './reduceOnPlateau.ts';
export { type ModelSummary, summary } from './summary.ts';
export { type TensorBoardOptions, tensorBoard } from './tensorBoard.ts';
export { terminateOnNaN } from './terminateOnNaN.ts';
