import type { Tensor } from '@tensorflow/tfjs-core';
import type {
  ActivationName,
  ActivationOptions,
  BatchNorm,
  Convolution,
  Emitter,
  LayerNorm,
  Recurrence,
  WeightUse,
} from '../emitter.ts';
import { activate } from './activation.ts';
import { add, concatenate, dropout, multiply, reshape } from './arithmetic.ts';
import { convolve } from './convolution.ts';
import { embed } from './embedding.ts';
import { matMul } from './matMul.ts';
import { batchNorm, layerNorm } from './normalization.ts';
import { pool } from './pooling.ts';
import type { Place, Program } from './program.ts';
import { recur } from './recurrent.ts';

/** Takes down the operations as tasks of a program of the embedded engine. */
export function embeddedEmitter(program: Program): Emitter<Place> {
  return {
    matMul: (x, kernel: WeightUse, bias, out) => matMul(program, x, kernel, bias, out),
    convolve: (x, convolution: Convolution, out) => convolve(program, x, convolution, out),
    pool: (x, kind, info, out) => pool(program, x, kind, info, out),
    activate: (x, name: ActivationName, options?: ActivationOptions) => activate(program, x, name, options),
    reshape: (x, out) => reshape(x, out),
    dropout: (x, rate, mask?: () => Tensor) => dropout(program, x, rate, mask),
    batchNorm: (x, options: BatchNorm) => batchNorm(program, x, options),
    layerNorm: (x, options: LayerNorm) => layerNorm(program, x, options),
    embed: (indices, table, out) => embed(program, indices, table, out),
    add: (values, factor) => add(program, values, factor),
    multiply: (values) => multiply(program, values),
    concatenate: (values, axis, out) => concatenate(program, values, axis, out),
    recur: (x, recurrence: Recurrence, out) => recur(program, x, recurrence, out),
  };
}
