import type * as tfjs from '@tensorflow/tfjs-core';
import { type Random, seeded } from './random.ts';

/** TensorFlow.js's core, stock or corrected: what the cases call. */
export type Tf = typeof tfjs;
export type Tensor = tfjs.Tensor;

/** The contents of a tensor; complex numbers as pairs. */
export interface Plain {
  readonly shape: readonly number[];
  readonly dtype: tfjs.DataType;
  readonly values: readonly (number | string)[];
}

/** A tensor of numbers, as references see and return it. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Makes the contents of an input from the random numbers of its case. */
export type Source = (random: Random) => Plain;

export interface Case {
  /** The kernel or, for what has none, the operation that the case is about. */
  readonly kernel: string;
  /** What sets it apart among the cases of its kernel. */
  readonly title: string;
  readonly inputs: readonly Source[];
  readonly run: (tf: Tf, ...inputs: Tensor[]) => Tensor | Tensor[];
  /** The outputs by other means; the JavaScript back end's are right where there is none. */
  readonly reference?: ((...inputs: Numbers[]) => Numbers | Numbers[]) | undefined;
  /**
   * Whether the gradients of the float inputs are those of finite differences, or, where there are
   * none (at NaN, at a corner), those of the JavaScript back end.
   */
  readonly gradient?: 'differences' | 'agree' | undefined;
  /** It must be refused. */
  readonly throws?: boolean | undefined;
  /** The stock back ends on which it would run for ever. */
  readonly endless?: readonly string[] | undefined;
  /** Why native TensorFlow gives another result, which is not compared. */
  readonly native?: string | undefined;
  /** The largest error, relative above 1 and absolute below. */
  readonly tolerance?: number | undefined;
}

/** The inputs of a case: the same in every process. */
export function inputsOf({ kernel, title, inputs }: Case): Plain[] {
  const random = seeded(`${kernel} ${title}`);
  return inputs.map((source) => source(random));
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

/** Numbers between the bounds, at least `away` from zero. */
export const float =
  (shape: readonly number[], low = -2, high = 2, away = 0.05): Source =>
  (random) => ({
    shape,
    dtype: 'float32',
    values: Array.from({ length: sizeOf(shape) }, () => {
      const value = Math.fround(low + (high - low) * random());
      return Math.abs(value) < away ? Math.fround(value < 0 ? -away : away) : value;
    }),
  });

/** Numbers between −2 and 2 no two of which are near one another, for what takes the largest. */
export const distinct =
  (shape: readonly number[]): Source =>
  (random) => {
    const size = sizeOf(shape);
    const values = Array.from({ length: size }, (_, i) => Math.fround(-2 + (4 * (i + 0.5)) / size));
    for (let i = size - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [values[i], values[j]] = [values[j]!, values[i]!];
    }
    return { shape, dtype: 'float32', values };
  };

/** Whole numbers from `low` to `high`, both included. */
export const int =
  (shape: readonly number[], low = -5, high = 5, dtype: 'int32' | 'float32' = 'int32'): Source =>
  (random) => ({
    shape,
    dtype,
    values: Array.from({ length: sizeOf(shape) }, () => low + Math.floor((high - low + 1) * random())),
  });

export const bool =
  (shape: readonly number[]): Source =>
  (random) => ({
    shape,
    dtype: 'bool',
    values: Array.from({ length: sizeOf(shape) }, () => Number(random() < 0.5)),
  });

/** These values. */
export const given =
  (
    values: readonly (number | string)[],
    shape?: readonly number[],
    dtype: tfjs.DataType = 'float32',
  ): Source =>
  () => ({ shape: shape ?? [values.length], dtype, values });

export const strings = (values: readonly string[], shape?: readonly number[]): Source =>
  given(values, shape, 'string');

/** NaN, both infinities, both zeros and numbers large and small. */
export const SPECIAL: readonly number[] = [
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1,
  -1,
  2.5,
  -2.5,
  1e30,
  -1e30,
].map(Math.fround);

/** Every how manyth of the values becomes NaN or an infinity. */
export const spiked =
  (source: Source, every: number, spikes: readonly number[] = [NaN, Infinity, -Infinity]): Source =>
  (random) => {
    const plain = source(random);
    const values = plain.values.map((value, i) =>
      i % every === every - 1 ? spikes[Math.floor(i / every) % spikes.length]! : value,
    );
    return { ...plain, values };
  };
