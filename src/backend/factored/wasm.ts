import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type Tensor, engine as tfEngine } from '@tensorflow/tfjs-core';
import { registerFactored } from '../../core/factored.ts';
import type { Engine } from '../engine/module.ts';
import { scratchOf, stepMatrices } from './matrices.ts';

/** Has the wasm back end take steps of Adafactor with the engine. */
export function registerWasmFactored(engine: Engine, backend: BackendWasm): void {
  const likeThat = ({ shape }: Tensor): Tensor =>
    tfEngine().makeTensorFromTensorInfo(backend.makeOutput([...shape], 'float32'), backend);
  registerFactored('wasm', (g, stack, old, numbers) => {
    const [update, rows, columns] = [likeThat(g), likeThat(old[0]), likeThat(old[1])];
    const scratch = engine.scratch(scratchOf(stack));
    const addresses = {
      g: engine.address(g),
      old: [engine.address(old[0]), engine.address(old[1])],
      means: [engine.address(rows), engine.address(columns)],
      update: engine.address(update),
      scratch,
    } as const;
    stepMatrices(engine.functions, stack, addresses, numbers);
    return { update, means: [rows, columns] };
  });
}
