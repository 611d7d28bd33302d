import { ArgumentError, describe } from '../core/check.ts';
import { numbersOf } from '../core/tensor.ts';
import type { TensorLike } from '../core/types.ts';

/** A matrix of doubles, each column in one piece. */
export interface Matrix {
  readonly rows: number;
  readonly columns: Float64Array[];
}

/** Targets of one or several models over the same samples, each in one piece. */
export interface Targets {
  readonly columns: Float64Array[];
  /** Whether they were given as a vector. */
  readonly isVector: boolean;
}

interface Numbers {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

function read(where: string, argument: string, value: TensorLike): Numbers {
  const numbers = numbersOf(where, argument, value);
  const { values } = numbers;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new ArgumentError(where, argument, `${values[i]} at element ${i}`, 'of finite numbers');
    }
  }
  return numbers;
}

const shapeText = (value: TensorLike, shape: readonly number[]): string =>
  shape.length === 0 ? describe(value) : `the shape [${shape}]`;

function toColumns(values: ArrayLike<number>, rows: number, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, j) => {
    const column = new Float64Array(rows);
    for (let i = 0; i < rows; i++) column[i] = values[i * count + j]!;
    return column;
  });
}

/** The samples of a model, [samples, features], at least one of each. */
export function readSamples(where: string, value: TensorLike): Matrix {
  const { values, shape } = read(where, 'x', value);
  const [rows = 0, count = 0] = shape;
  if (shape.length !== 2 || rows === 0 || count === 0) {
    throw new ArgumentError(where, 'x', shapeText(value, shape), 'of the shape [samples, features]');
  }
  return { rows, columns: toColumns(values, rows, count) };
}

/** The targets of `rows` samples: [samples], or [samples, targets] of several models at once. */
export function readTargets(where: string, value: TensorLike, rows: number): Targets {
  const { values, shape } = read(where, 'y', value);
  const [length, count = 1] = shape;
  if (shape.length === 0 || shape.length > 2 || length !== rows || count === 0) {
    const allowed = `of the shape [${rows}] or [${rows}, targets], one for each row of x`;
    throw new ArgumentError(where, 'y', shapeText(value, shape), allowed);
  }
  return { columns: toColumns(values, rows, count), isVector: shape.length === 1 };
}

/** The targets of `rows` samples of one model, [samples]. */
export function readTarget(where: string, value: TensorLike, rows: number): Float64Array {
  const { columns, isVector } = readTargets(where, value, rows);
  if (!isVector) {
    const received = `the shape [${rows},${columns.length}]`;
    throw new ArgumentError(where, 'y', received, `of the shape [${rows}], one for each row of x`);
  }
  return columns[0]!;
}

/** The samples to predict for, as `readSamples`, of the model's number of features. */
export function readNewSamples(where: string, value: TensorLike, features: number): Matrix {
  const matrix = readSamples(where, value);
  if (matrix.columns.length !== features) {
    const received = `the shape [${matrix.rows},${matrix.columns.length}]`;
    throw new ArgumentError(where, 'x', received, `of the shape [samples, ${features}], as in training`);
  }
  return matrix;
}
