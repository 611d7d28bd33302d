import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Engine } from '../../engine/module.ts';
import { takeApart, type WalkOptions } from '../graph.ts';
import type { Plan } from '../plan.ts';
import { embeddedEmitter } from './emitter.ts';
import { type Place, Program } from './program.ts';

/** Copies a batch into its place, as floats. */
function load(program: Program, batch: Tensor, { at, size }: Place): void {
  const { engine, functions } = program;
  if (batch.dtype === 'float32') functions.copyRows(engine.address(batch), 0, at, 0, 1, size, 0);
  else if (batch.dtype === 'int32') functions.toFloats(engine.address(batch), at, size);
  else engine.floats(at, size).set(batch.dataSync());
}

/** Lays out a step on batches of one size in wasm memory. */
export function embeddedPlan(
  model: LayersModel,
  batch: number,
  engine: Engine,
  backend: BackendWasm,
  options: WalkOptions,
): Plan {
  const program = new Program(engine, backend);
  try {
    const inputs = model.inputs.map(({ shape }) =>
      program.place([batch, ...(shape.slice(1) as number[])], false),
    );
    const outputs = takeApart(model, inputs, embeddedEmitter(program), options);
    program.finish(outputs);
    const weights = program.trained;
    return {
      forward: (batches) => {
        program.locate();
        for (const [i, one] of batches.entries()) load(program, one, inputs[i]!);
        program.forward();
      },
      outputTensor: (i) => program.tensorOf(outputs[i]!),
      output: (i) => engine.floats(outputs[i]!.at, outputs[i]!.size),
      gradient: (i) => engine.floats(outputs[i]!.gradient, outputs[i]!.size),
      backward: () => program.backward(),
      update: (apply) => {
        const lent = weights.map(({ loan }) => loan!.lend());
        try {
          apply(Object.fromEntries(weights.map(({ variable }, i) => [variable.name, lent[i]!])));
        } finally {
          weights.forEach(({ loan }, i) => {
            loan!.takeBack(lent[i]!);
          });
        }
      },
      dispose: () => program.dispose(),
    };
  } catch (error) {
    program.dispose();
    throw error;
  }
}
