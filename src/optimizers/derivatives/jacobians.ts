import { concat, ones, reshape, stack, type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { gradientsOfGradients, innerProduct, unit, valueAndGradients } from './gradients.ts';

/** Gradients of several tensors in a row. */
const flat = (gradients: readonly Tensor[]): Tensor => concat(gradients.map((one) => reshape(one, [-1])));

/** A row for each entry of the value: one walk back each. */
function byRows(f: () => Tensor, xs: Tensor[], m: number): Tensor {
  const value = (): Tensor => reshape(f(), [m]);
  const row = (i: number): Tensor => tidy(() => flat(valueAndGradients(value, xs, unit(i, m)).gradients));
  return stack(Array.from({ length: m }, (_, i) => row(i)));
}

/** Splits a vector into tensors of the shapes of `xs`. */
function parts(v: Tensor, xs: readonly Tensor[]): Tensor[] {
  let at = 0;
  return xs.map(({ shape, size }) => {
    const part = reshape(v.slice(at, size), shape);
    at += size;
    return part;
  });
}

/** A column for each entry of xs: J·v is the derivative by u of (Jᵀu)ᵀv, whatever u is. */
function byColumns(f: () => Tensor, xs: Tensor[], m: number, n: number): Tensor {
  const value = (): Tensor => reshape(f(), [m]);
  const u = ones([m]);
  const column = (j: number): Tensor =>
    tidy(() => {
      const v = parts(unit(j, n), xs);
      const product = (): Tensor => innerProduct(valueAndGradients(value, xs, u).gradients, v);
      return gradientsOfGradients(product, [u])[0]!;
    });
  return transpose(stack(Array.from({ length: n }, (_, j) => column(j))));
}

/** A column costs about as much as three rows. */
const COLUMN = 3;

/**
 * The Jacobian of a function of tensors, exact up to rounding, as a matrix: m entries of the value by n of `xs`.
 *
 * By columns where there are many more rows, unless an operation of `f` has no second derivative.
 */
export function jacobianMatrix(f: () => Tensor, xs: Tensor[], m: number): Tensor {
  const n = xs.reduce((sum, { size }) => sum + size, 0);
  if (COLUMN * n < m) {
    try {
      return tidy(() => byColumns(f, xs, m, n));
    } catch {
      // A second derivative is missing, or `f` throws: it will do so again.
    }
  }
  return tidy(() => byRows(f, xs, m));
}
