import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { ArgumentError, describe } from '../../core/check.ts';
import type { Columns } from '../../core/linalg/columns.ts';
import { toTensor } from '../../core/tensor.ts';
import type { TensorLike } from '../../core/types.ts';

/** The matrices of a tensor [..., rows, columns]. */
export interface Matrices {
  batch: number[];
  rows: number;
  columns: number;
  count: number;
  /** The columns of the k-th. */
  at(k: number): Columns;
}

/** A matrix argument of any rank of 2 or more, in single precision. */
export function matrixArgument(where: string, value: TensorLike): Tensor {
  const x = toTensor(where, 'x', value);
  if (x.rank < 2) {
    // In the words of tfjs's qr.
    throw new ArgumentError(
      where,
      'x',
      `[${x.shape}]`,
      `of rank >= 2 (a matrix or several); got rank ${x.rank}`,
    );
  }
  return x;
}

/**
 * The matrices in double precision.
 *
 * @throws ArgumentError when a number is NaN or infinite
 */
export function matricesOf(where: string, x: Tensor): Matrices {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const values = x.dataSync();
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const row = Math.floor(wrong / columns) % rows;
    const place = `${describe(values[wrong])} in row ${row}, column ${wrong % columns}`;
    throw new ArgumentError(where, 'x', place, 'made of finite numbers');
  }
  const size = rows * columns;
  const batch = x.shape.slice(0, -2);
  return {
    batch,
    rows,
    columns,
    count: batch.reduce((a, b) => a * b, 1),
    at: (k) =>
      Array.from({ length: columns }, (_, j) =>
        Float64Array.from({ length: rows }, (_, i) => values[k * size + i * columns + j]!),
      ),
  };
}

/** Collects matrices, given by their columns, as one tensor [batch..., rows, columns]. */
export class Stack {
  readonly #values: Float32Array;
  readonly #shape: number[];
  readonly #rows: number;
  readonly #columns: number;

  constructor(batch: readonly number[], rows: number, columns: number) {
    this.#shape = [...batch, rows, columns];
    this.#values = new Float32Array(this.#shape.reduce((a, b) => a * b, 1));
    this.#rows = rows;
    this.#columns = columns;
  }

  put(k: number, matrix: Columns): void {
    const begin = k * this.#rows * this.#columns;
    for (let j = 0; j < this.#columns; j++) {
      const column = matrix[j]!;
      for (let i = 0; i < this.#rows; i++) this.#values[begin + i * this.#columns + j] = column[i]!;
    }
  }

  tensor(): Tensor {
    return tensor(this.#values, this.#shape, 'float32');
  }
}
