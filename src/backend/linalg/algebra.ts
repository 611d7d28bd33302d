// Small pieces of matrix algebra for gradients, on the last two axes.
import {
  div,
  equal,
  expandDims,
  eye,
  linalg,
  matMul,
  mul,
  onesLike,
  sub,
  type Tensor,
  transpose,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

/** The transposes of matrices. */
export function adjoint(x: Tensor): Tensor {
  const order = x.shape.map((_, i) => i);
  return transpose(x, [...order.slice(0, -2), x.rank - 1, x.rank - 2]);
}

export const product = (...factors: Tensor[]): Tensor => factors.reduce((a, b) => matMul(a, b));

/** 1/x, and 0 where x is 0: so are its derivatives of all orders. */
export function inverse(x: Tensor): Tensor {
  const isZero = equal(x, 0);
  return where(isZero, zerosLike(x), div(1, where(isZero, onesLike(x), x)));
}

/** Each column of matrices times its number. */
export const byColumn = (x: Tensor, numbers: Tensor): Tensor => mul(x, expandDims(numbers, -2));

/** Each row of matrices times its number. */
export const byRow = (x: Tensor, numbers: Tensor): Tensor => mul(x, expandDims(numbers, -1));

/** Matrices with these diagonals. */
export const diagonal = (numbers: Tensor): Tensor => byColumn(eye(numbers.shape.at(-1)!), numbers);

/** 1/(xⱼ − xᵢ) in row i and column j, 0 where both are equal, and on the diagonal. */
export const gaps = (x: Tensor): Tensor => inverse(sub(expandDims(x, -2), expandDims(x, -1)));

export const lower = (x: Tensor): Tensor => linalg.bandPart(x, -1, 0);
export const upper = (x: Tensor): Tensor => linalg.bandPart(x, 0, -1);
export const onDiagonal = (x: Tensor): Tensor => linalg.bandPart(x, 0, 0);
