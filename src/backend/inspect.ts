import { Optimizer, Tensor, TensorBuffer } from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import { type AnyModel, lookAtModel, modelLine, modelText } from '../core/text/model.ts';
import { type AnyOptimizer, lookAtOptimizer, optimizerLine, optimizerText } from '../core/text/optimizer.ts';
import { type AnyTensor, lookAt } from '../core/text/read.ts';
import { tensorLine, tensorText } from '../core/text/tensor.ts';

const custom: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/** util.inspect, and with it console.log and a notebook's text output, looks for this method. */
function defineInspect(type: { prototype: object }, value: unknown): void {
  Object.defineProperty(type.prototype, custom, {
    value,
    configurable: true,
    enumerable: false,
    writable: true,
  });
}

/**
 * A tensor as a reader wants it: kind, type, shape, a summary and (the ends of long axes of) the values; on one
 * line where it is part of another value.
 */
function inspectTensor(this: AnyTensor, depth: number, options?: { depth?: number }): string {
  const look = lookAt(this);
  const isNested = options?.depth !== undefined && options.depth !== depth;
  return isNested ? tensorLine(look) : tensorText(look);
}

for (const type of [Tensor, TensorBuffer]) defineInspect(type, inspectTensor);

/** The table of the layers; one line where the model is part of another value. */
function inspectModel(this: LayersModel, depth: number, options?: { depth?: number }): string {
  const look = lookAtModel(this as unknown as AnyModel);
  return options?.depth !== undefined && options.depth !== depth ? modelLine(look) : modelText(look);
}

defineInspect(LayersModel, inspectModel);

/** Name, options, steps and state; one line where the optimizer is part of another value. */
function inspectOptimizer(this: AnyOptimizer, depth: number, options?: { depth?: number }): string {
  const look = lookAtOptimizer(this);
  return options?.depth !== undefined && options.depth !== depth ? optimizerLine(look) : optimizerText(look);
}

defineInspect(Optimizer, inspectOptimizer);
