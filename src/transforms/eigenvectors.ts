// Eigenvectors of symmetric matrices, computed in double precision outside of tfjs.
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Columns } from '../core/linalg/columns.ts';
import { decompose } from '../core/linalg/householder.ts';
import { symmetric } from '../core/linalg/symmetric.ts';

const areFinite = (values: ArrayLike<number>): boolean => Array.prototype.every.call(values, Number.isFinite);

/** The columns of the square matrix with these numbers, row by row. */
function columnsOf(values: ArrayLike<number>, n: number): Columns {
  return Array.from({ length: n }, (_, j) => Float64Array.from({ length: n }, (_, i) => values[i * n + j]!));
}

function fromColumns(columns: Columns, factors?: ArrayLike<number>): Tensor {
  const n = columns.length;
  const values = new Float32Array(n * n);
  columns.forEach((column, j) => {
    const factor = factors?.[j] ?? 1;
    for (let i = 0; i < n; i++) values[i * n + j] = factor * column[i]!;
  });
  return tensor(values, [n, n], 'float32');
}

/**
 * The eigenvectors of a symmetric matrix as columns, those of the largest eigenvalues first.
 *
 * @returns undefined when the matrix holds NaN or an infinity
 */
export function eigenvectors(x: Tensor): Tensor | undefined {
  const values = x.dataSync();
  if (!areFinite(values)) return undefined;
  return fromColumns(symmetric(columnsOf(values, x.shape[0]!)).vectors.reverse());
}

/**
 * `(x + ε·I)^p = scaled·vectorsᵀ` of a symmetric matrix without negative eigenvalues.
 *
 * @returns undefined when the matrix holds NaN or an infinity
 */
export function power(
  x: Tensor,
  epsilon: number,
  exponent: number,
): { vectors: Tensor; scaled: Tensor } | undefined {
  const numbers = x.dataSync();
  if (!areFinite(numbers)) return undefined;
  const { values, vectors } = symmetric(columnsOf(numbers, x.shape[0]!));
  const powers = values.map((value) => (Math.max(value, 0) + epsilon) ** exponent);
  return { vectors: fromColumns(vectors), scaled: fromColumns(vectors, powers) };
}

/**
 * The orthonormal columns of `x = Q·R`.
 *
 * @returns undefined when the matrix holds NaN or an infinity
 */
export function orthonormal(x: Tensor): Tensor | undefined {
  const values = x.dataSync();
  const n = x.shape[0]!;
  return areFinite(values) ? fromColumns(decompose(columnsOf(values, n), n, n)) : undefined;
}
