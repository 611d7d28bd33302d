import type { Tensor } from '@tensorflow/tfjs-core';

/** Typed arrays that a tensor argument may be given as. */
type NumberArray =
  | Float32Array
  | Float64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Uint8ClampedArray;

/** Numbers, booleans and arrays of them, nested to any depth. */
type NestedArray = number | boolean | NumberArray | readonly NestedArray[];

/** What a tensor argument accepts: a tensor, a typed array, or nested arrays of numbers. */
export type TensorLike = Tensor | NestedArray;

/** Plain objects and arrays, nested to any depth, with leaves of type `L`. */
export type Tree<L> = L | readonly Tree<L>[] | { readonly [key: string]: Tree<L> };

/** A tree of tensors: the parameters of a model, or gradients or updates of the same structure. */
export type Params = Tree<Tensor>;

/** A value that depends on the step, counted from 0: a learning rate over the course of training. */
export type Schedule = (step: number) => number;
