import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { takeApart, type WalkOptions } from '../graph.ts';
import type { Plan } from '../plan.ts';
import { nativeEmitter } from './emitter.ts';
import { NativeProgram, type Node, type PlanBackend } from './program.ts';

/** Lays out a step on batches of one size as calls of TensorFlow. */
export function nativePlan(
  model: LayersModel,
  batch: number,
  backend: PlanBackend,
  options: WalkOptions,
): Plan {
  const program = new NativeProgram(backend);
  const inputs = model.inputs.map(({ shape }) =>
    program.node([batch, ...(shape.slice(1) as number[])], false),
  );
  let outputs: Node[] = [];
  try {
    outputs = takeApart(model, inputs, nativeEmitter(program), options);
  } catch (error) {
    program.dispose();
    throw error;
  }
  const sizes = outputs.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const gradients = sizes.map((size) => new Float32Array(size));
  return {
    takesRows: false,
    forward: (batches) => {
      program.end();
      for (const output of outputs) output.parts = [];
      for (const [i, batch] of batches.entries()) inputs[i]!.id = program.batch(batch as Tensor);
      program.forward();
    },
    outputTensor: (i) => copyOf(program, outputs[i]!),
    output: (i) => backend.binding.tensorDataSync(outputs[i]!.id) as Float32Array,
    gradient: (i) => gradients[i]!,
    backward: () => {
      for (const [i, { shape, parts }] of outputs.entries()) parts.push(program.floats(shape, gradients[i]!));
      program.backward();
    },
    update: (apply) => {
      const lent = program.trained.map(({ variable, parts }) => {
        const id =
          parts.length > 0
            ? program.sum(parts)
            : program.floats(variable.shape, new Float32Array(variable.size));
        return [variable.name, program.tensorOf(id, variable.shape)] as const;
      });
      try {
        apply(Object.fromEntries(lent));
      } finally {
        for (const [, tensor] of lent) tensor.dispose();
        program.end();
      }
    },
    dispose: () => program.dispose(),
  };
}

/** An output as a tensor of its own: the way back needs the one that it was computed as. */
function copyOf(program: NativeProgram, { id, shape }: Node): Tensor {
  return program.tensorOf(program.call('Identity', program.attributes(), [id]), shape);
}
