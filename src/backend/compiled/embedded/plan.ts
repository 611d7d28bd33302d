import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Engine } from '../../engine/module.ts';
import { type BatchLike, Rows, tensorOf } from '../../rows.ts';
import { takeApart, type WalkOptions } from '../graph.ts';
import type { Plan } from '../plan.ts';
import { embeddedEmitter } from './emitter.ts';
import { type Place, Program } from './program.ts';

/** Copies a batch into its place, as floats. */
function load(program: Program, backend: BackendWasm, given: BatchLike, { at, size }: Place): void {
  const { engine, functions } = program;
  if (given instanceof Rows && given.source.dtype === 'float32') {
    given.copyTo(backend, at);
    return;
  }
  const made: Tensor[] = [];
  const batch = tensorOf(given, made);
  if (batch.dtype === 'float32') functions.copyRows(engine.address(batch), 0, at, 0, 1, size, 0);
  else if (batch.dtype === 'int32') functions.toFloats(engine.address(batch), at, size);
  else engine.floats(at, size).set(batch.dataSync());
  for (const one of made) one.dispose();
}

/**
 * Where the gradient of the loss by each output is written: a place of its own where the output needs none, as one of
 * frozen layers alone, or where an output before it has the same under another shape.
 */
function outputGradients(program: Program, outputs: readonly Place[]): number[] {
  const addresses = outputs.map(({ gradient }) => gradient);
  return outputs.map(({ gradient, size }, i) =>
    gradient !== 0 && addresses.indexOf(gradient) === i ? gradient : program.allocate(size),
  );
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
    const gradients = outputGradients(program, outputs);
    const weights = program.trained;
    return {
      takesRows: true,
      forward: (batches) => {
        program.locate();
        for (const [i, one] of batches.entries()) load(program, backend, one, inputs[i]!);
        program.forward();
      },
      outputTensor: (i) => program.tensorOf(outputs[i]!),
      output: (i) => engine.floats(outputs[i]!.at, outputs[i]!.size),
      gradient: (i) => engine.floats(gradients[i]!, outputs[i]!.size),
      backward: () => {
        for (const [i, { gradient, size }] of outputs.entries()) {
          if (gradient !== 0 && gradient !== gradients[i]) {
            program.functions.addScaled(gradients[i]!, gradient, size, 1);
          }
        }
        program.backward();
      },
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
