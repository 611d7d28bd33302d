import type { backend_util, Tensor } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers/dist/variables.js';

/** What flows from operation to operation: the batch comes first in its shape. */
export interface Value {
  readonly shape: readonly number[];
}

/** Thrown by an emitter for an operation that its back end has no compiled form of. */
export class Uncompiled extends Error {}

/** Activations by tfjs's names, and those of layers of their own. */
export type ActivationName =
  | 'relu'
  | 'relu6'
  | 'leakyRelu'
  | 'sigmoid'
  | 'elu'
  | 'tanh'
  | 'selu'
  | 'softplus'
  | 'softsign'
  | 'hardSigmoid'
  | 'swish'
  | 'softmax';

export interface ActivationOptions {
  /** The slope of leakyRelu below zero, the α of elu, or the β of swish; 1 if left out. */
  readonly alpha?: number;
  /** Whether nothing else reads the argument. */
  readonly isLast?: boolean;
}

/** A weight of a layer, and whether training changes it. */
export interface WeightUse {
  readonly variable: LayerVariable;
  readonly isTrained: boolean;
}

export interface Convolution {
  readonly kind: 'full' | 'depthwise';
  readonly kernel: WeightUse;
  readonly bias: WeightUse | undefined;
  readonly info: backend_util.Conv2DInfo;
}

export interface BatchNorm {
  readonly gamma: WeightUse | undefined;
  readonly beta: WeightUse | undefined;
  readonly movingMean: WeightUse;
  readonly movingVariance: WeightUse;
  readonly epsilon: number;
  readonly momentum: number;
  /** Whether it normalizes with the moments of the batch, and moves its own towards them. */
  readonly usesBatch: boolean;
}

export interface LayerNorm {
  readonly gamma: WeightUse | undefined;
  readonly beta: WeightUse | undefined;
  readonly epsilon: number;
}

export interface Recurrence {
  readonly kind: 'simple' | 'lstm' | 'gru';
  readonly units: number;
  readonly kernel: WeightUse;
  readonly recurrentKernel: WeightUse;
  readonly bias: WeightUse | undefined;
  readonly activation: ActivationName | 'linear';
  readonly gateActivation: ActivationName | 'linear';
  readonly returnsSequences: boolean;
}

/**
 * Takes down the operations of a model, in the order in which they run, for one back end. Every method gives the
 * value of shape `out` that the operation computes; the way back follows from it.
 */
export interface Emitter<V extends Value = Value> {
  matMul(x: V, kernel: WeightUse, bias: WeightUse | undefined, out: readonly number[]): V;
  convolve(x: V, convolution: Convolution, out: readonly number[]): V;
  pool(x: V, kind: 'max' | 'avg', info: backend_util.Conv2DInfo, out: readonly number[]): V;
  activate(x: V, name: ActivationName, options?: ActivationOptions): V;
  reshape(x: V, out: readonly number[]): V;
  /** `mask` gives the factors of all steps, where they are fixed. */
  dropout(x: V, rate: number, mask?: () => Tensor): V;
  batchNorm(x: V, options: BatchNorm): V;
  layerNorm(x: V, options: LayerNorm): V;
  embed(indices: V, table: WeightUse, out: readonly number[]): V;
  add(values: readonly V[], factor: number): V;
  multiply(values: readonly V[]): V;
  concatenate(values: readonly V[], axis: number, out: readonly number[]): V;
  recur(x: V, recurrence: Recurrence, out: readonly number[]): V;
}
