import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerWasmPrograms } from '../elementwise/wasm.ts';
import { registerWasmFactored } from '../factored/wasm.ts';
import { registerPrelu } from './activation.ts';
import { registerBatchNorm } from './batchNorm.ts';
import { registerConv2d } from './conv2d.ts';
import { registerDepthwise } from './depthwise.ts';
import { registerGather } from './gather.ts';
import { registerMatMul } from './matmul.ts';
import { type Engine, loadEngine } from './module.ts';
import { registerPooling } from './pooling.ts';
import { registerSums } from './sums.ts';
import { registerUpdates } from './updates.ts';

const REGISTER = [
  registerPrelu,
  registerMatMul,
  registerConv2d,
  registerDepthwise,
  registerPooling,
  registerSums,
  registerBatchNorm,
  registerGather,
];

let started: Engine | undefined;

/** The embedded engine, once the wasm back end has started with it. */
export const runningEngine = (): Engine | undefined => started;

/**
 * Loads the engine into a started wasm back end and gives it the engine's kernels. Call it after the stock ones are
 * repaired: they stay for what the engine does not take.
 *
 * A back end that starts later, after a reset, takes the engine over.
 *
 * @throws Error when the engine does not run here; the kernels are then as they were
 */
export async function startEngine(backend: BackendWasm): Promise<void> {
  const engine = await loadEngine(backend);
  if (started) {
    // The kernels that are registered have the engine of a back end that is gone: they get this one's members.
    Object.assign(started, engine);
    registerUpdates(started, backend);
    registerWasmPrograms(backend);
    registerWasmFactored(started, backend);
    return;
  }
  for (const register of REGISTER) register(engine);
  registerUpdates(engine, backend);
  registerWasmPrograms(backend);
  registerWasmFactored(engine, backend);
  started = engine;
}
