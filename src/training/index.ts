/** Training: steps that are compiled once, and what follows a training. */
export type { Callback, Logs, Run } from './callbacks.ts';
export { type CompiledStep, type CompileStepOptions, compileStep } from './compileStep.ts';
export type { Mode, MonitorOptions } from './monitor.ts';
