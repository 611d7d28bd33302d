/**
 * Schedules: functions of the step, counted from 0, that an optimizer takes for its learning rate. As a cell's
 * result each shows its curve.
 */
export type { Schedule } from '../core/types.ts';
export { constant } from './constant.ts';
export {
  type CosineDecayOptions,
  type CosineRestartsOptions,
  cosineDecay,
  cosineRestarts,
} from './cosine.ts';
export { type CyclicOptions, cyclic } from './cyclic.ts';
export { type DecayOptions, type ExponentialDecayOptions, exponentialDecay } from './exponentialDecay.ts';
export { type InverseSqrtOptions, inverseSqrtDecay } from './inverseSqrtDecay.ts';
export { inverseTimeDecay } from './inverseTimeDecay.ts';
export { join, type WarmupOptions, warmup } from './joined.ts';
export { type OneCycleOptions, oneCycle } from './oneCycle.ts';
export { type PlotOptions, plot, type SchedulePlot } from './plot.ts';
export { type LinearOptions, linear, type PolynomialOptions, polynomial } from './polynomial.ts';
export {
  type PlateauOptions,
  type PlateauSchedule,
  type PlateauState,
  reduceOnPlateau,
} from './reduceOnPlateau.ts';
export { type PiecewiseOptions, piecewiseConstant, type StepDecayOptions, stepDecay } from './steps.ts';
