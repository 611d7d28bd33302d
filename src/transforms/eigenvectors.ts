// Eigenvectors of symmetric matrices, computed in double precision outside of tfjs.
import { concat, matMul, slice, sub, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Columns } from '../core/linalg/columns.ts';
import { decompose } from '../core/linalg/householder.ts';
import { symmetric } from '../core/linalg/symmetric.ts';

function areFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** The columns of the matrix with these numbers, row by row. */
function columnsOf(values: ArrayLike<number>, rows: number, columns = rows): Columns {
  return Array.from({ length: columns }, (_, j) => {
    const column = new Float64Array(rows);
    for (let i = 0; i < rows; i++) column[i] = values[i * columns + j]!;
    return column;
  });
}

/** The matrix of these columns, each times its factor. */
function fromColumns(columns: Columns, rows = columns.length, factors?: ArrayLike<number>): Tensor {
  const width = columns.length;
  const values = new Float32Array(rows * width);
  columns.forEach((column, j) => {
    const factor = factors?.[j] ?? 1;
    for (let i = 0; i < rows; i++) values[i * width + j] = factor * column[i]!;
  });
  return tensor(values, [rows, width], 'float32');
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
  return { vectors: fromColumns(vectors), scaled: fromColumns(vectors, vectors.length, powers) };
}

/** Matrices of up to that size are decomposed at once, larger ones by blocks of columns. */
const SMALL = 128;
const BLOCK = 32;

const columnsFrom = (x: Tensor, begin: number, width: number): Tensor =>
  slice(x, [0, begin], [x.shape[0]!, width]);

/** The columns made orthonormal, in double precision. */
function orthonormalColumns(x: Tensor): Tensor {
  const [rows, columns] = x.shape as [number, number];
  return fromColumns(decompose(columnsOf(x.dataSync(), rows, columns), rows, columns), rows);
}

/** The columns without their parts along those before, which are orthonormal. */
const beyond = (x: Tensor, before: Tensor): Tensor => sub(x, matMul(before, matMul(before, x, true, false)));

/**
 * The orthonormal columns of `x = Q·R`, for a square x whose columns are independent.
 *
 * A block of columns loses its parts along those before it by products of matrices, twice: the first time leaves
 * rounding errors behind.
 *
 * @returns undefined when the matrix holds NaN or an infinity
 *
 * @see Barlow & Smoktunowicz, "Reorthogonalized block classical Gram–Schmidt", Numerische Mathematik 123, 2013
 */
export function orthonormal(x: Tensor): Tensor | undefined {
  const n = x.shape[0]!;
  if (!areFinite(x.dataSync())) return undefined;
  if (n <= SMALL) return orthonormalColumns(x);
  let q = orthonormalColumns(columnsFrom(x, 0, BLOCK));
  for (let begin = BLOCK; begin < n; begin += BLOCK) {
    const block = columnsFrom(x, begin, Math.min(BLOCK, n - begin));
    const once = orthonormalColumns(beyond(block, q));
    q = concat([q, orthonormalColumns(beyond(once, q))], 1);
  }
  return q;
}
