import type { Tensor } from '@tensorflow/tfjs-core';
import type { BatchLike } from '../rows.ts';

/** A step of a model on batches of one size, laid out on one back end. Its parts are called in this order. */
export interface Plan {
  /** Whether `forward` copies rows by itself. */
  readonly takesRows: boolean;
  /** Runs the model on a batch for each of its inputs. */
  forward(batches: readonly BatchLike[]): void;
  /** An output as a new tensor, which is the caller's. */
  outputTensor(i: number): Tensor;
  /** The numbers of an output, until something else is computed. */
  output(i: number): Float32Array;
  /** Where the gradient of the loss by an output is to be written. */
  gradient(i: number): Float32Array;
  /** Computes the gradients of the trained weights. */
  backward(): void;
  /** Calls `apply` with those gradients by the names of the variables; they are lent for its time. */
  update(apply: (gradients: Record<string, Tensor>) => void): void;
  dispose(): void;
}
