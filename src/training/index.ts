/** Training: steps that are compiled once, and what follows a training. */
export type { Callback, Logs, Run } from './callbacks.ts';
export { type CompiledStep, type CompileStepOptions, compileStep } from './compileStep.ts';
export {
  type FindLearningRateOptions,
  findLearningRate,
  type RateCurve,
  type RateSearch,
} from './findLearningRate.ts';
export type { Mode, MonitorOptions } from './monitor.ts';
export type { TrainingData } from './rates/batches.ts';
export { ReduceOnPlateau, type ReduceOnPlateauOptions, reduceOnPlateau } from './reduceOnPlateau.ts';
