// Products of matrices with tensors along one of their axes.
import { matMul, reshape, sum, type Tensor, transpose } from '@tensorflow/tfjs-core';

/** The order of axes that has `axis` first, the others as they are. */
const firstOrder = (rank: number, axis: number): number[] => [
  axis,
  ...Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis),
];

/**
 * `y[…, i, …] = Σⱼ m[i, j]·x[…, j, …]`
 *
 * @param m a square matrix
 * @param axis that of j in x
 * @param isTransposed whether m[j, i] takes the place of m[i, j]
 */
export function along(m: Tensor, x: Tensor, axis: number, isTransposed = false): Tensor {
  const size = x.shape[axis]!;
  if (axis === 0) return reshape(matMul(m, reshape(x, [size, -1]), isTransposed, false), x.shape);
  if (axis === x.rank - 1) return reshape(matMul(reshape(x, [-1, size]), m, false, !isTransposed), x.shape);
  const order = firstOrder(x.rank, axis);
  const back = order.map((_, i) => order.indexOf(i));
  return transpose(along(m, transpose(x, order), 0, isTransposed), back);
}

/** `m[i, j] = Σ x[…, i, …]·x[…, j, …]`, the sum taken over all other axes. */
export function products(x: Tensor, axis: number): Tensor {
  const size = x.shape[axis]!;
  if (axis > 0 && axis === x.rank - 1) {
    const rows = reshape(x, [-1, size]);
    return matMul(rows, rows, true, false);
  }
  const columns = reshape(axis === 0 ? x : transpose(x, firstOrder(x.rank, axis)), [size, -1]);
  return matMul(columns, columns, false, true);
}

/** The diagonal of `products`. */
export const squares = (x: Tensor, axis: number): Tensor =>
  sum(x.square(), firstOrder(x.rank, axis).slice(1));
