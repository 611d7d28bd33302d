/** Training: steps that are compiled once. */
export { type CompiledStep, type CompileStepOptions, compileStep } from './compileStep.ts';
