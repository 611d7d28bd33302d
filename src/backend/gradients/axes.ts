// Rearrangements along one axis, of any rank, made of operations that have gradients of every order.
import { pad, reshape, slice, type Tensor } from '@tensorflow/tfjs-core';

const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

const withSize = (shape: readonly number[], axis: number, size: number): number[] =>
  shape.map((old, i) => (i === axis ? size : old));

/** `x` with `before` and `after` zeros along `axis`. */
export function padAxis(x: Tensor, axis: number, before: number, after: number): Tensor {
  if (before === 0 && after === 0) return x;
  return pad(
    x,
    x.shape.map((_, i): [number, number] => (i === axis ? [before, after] : [0, 0])),
  );
}

/** The `size` entries along `axis` from `begin` on. */
export function sliceAxis(x: Tensor, axis: number, begin: number, size: number): Tensor {
  if (begin === 0 && size === x.shape[axis]) return x;
  return slice(
    x,
    x.shape.map((_, i) => (i === axis ? begin : 0)),
    withSize(x.shape, axis, size),
  );
}

/** `x` as [what comes before `axis`, its size, `inner` values, what comes after]. */
function around(x: Tensor, axis: number, size: number, inner: number): Tensor {
  return reshape(x, [product(x.shape.slice(0, axis)), size, inner, product(x.shape.slice(axis + 1))]);
}

/** Puts `step` − 1 zeros between neighbours along `axis`. */
export function spread(x: Tensor, axis: number, step: number): Tensor {
  const n = x.shape[axis]!;
  if (step === 1 || n <= 1) return x;
  const wide = padAxis(around(x, axis, n, 1), 2, 0, step - 1);
  return sliceAxis(reshape(wide, withSize(x.shape, axis, n * step)), axis, 0, (n - 1) * step + 1);
}

/** Every `step`-th entry along `axis`, from the first on. */
export function thin(x: Tensor, axis: number, step: number): Tensor {
  if (step === 1) return x;
  const n = Math.ceil(x.shape[axis]! / step);
  const whole = padAxis(x, axis, 0, n * step - x.shape[axis]!);
  return reshape(sliceAxis(around(whole, axis, n, step), 2, 0, 1), withSize(x.shape, axis, n));
}
