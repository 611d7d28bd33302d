import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type Tensor, engine as tfEngine } from '@tensorflow/tfjs-core';
import { registerFactors, without } from '../../core/factors.ts';
import type { Engine } from '../engine/module.ts';
import { scaleAt, squareSumsAt } from './matrices.ts';

/** Has the wasm back end compute sums and factors of rows and columns with the engine. */
export function registerWasmFactors(engine: Engine, backend: BackendWasm): void {
  const make = (shape: number[]): Tensor =>
    tfEngine().makeTensorFromTensorInfo(backend.makeOutput(shape, 'float32'), backend);
  registerFactors('wasm', {
    squareSums: (x, stack) => {
      const [rows, columns] = [make(without(x.shape, x.rank - 1)), make(without(x.shape, x.rank - 2))];
      squareSumsAt(engine.functions, stack, engine.address(x), engine.address(rows), engine.address(columns));
      return [rows, columns];
    },
    scale: (x, stack, rows, columns) => {
      const y = make([...x.shape]);
      const factors = [engine.address(rows), engine.address(columns)] as const;
      scaleAt(engine.functions, stack, engine.address(x), ...factors, engine.address(y));
      return y;
    },
  });
}
