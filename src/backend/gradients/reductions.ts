// Gradients of kernels that sum, multiply or choose along an axis.
import {
  add,
  Cumprod,
  type CumprodAttrs,
  Cumsum,
  type CumsumAttrs,
  cumprod,
  cumsum,
  mul,
  Prod,
  type ProdAttrs,
  range,
  reshape,
  reverse,
  scalar,
  type Tensor,
  TopK,
  transpose,
  unsortedSegmentSum,
  util,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { padAxis, sliceAxis } from './axes.ts';
import { setGradient } from './register.ts';

const X = { inputsToSave: ['x'] };

/** tfjs transposes the result once more where the axis is not the last. */
setGradient<CumsumAttrs>(Cumsum, X, (dy, _, { axis, exclusive, reverse: backwards }) => ({
  x: () => cumsum(dy, axis, exclusive, !backwards),
}));

/** The entries along `axis` moved `by` towards the front, with zeros behind them. */
const shifted = (x: Tensor, axis: number, by: number): Tensor =>
  padAxis(sliceAxis(x, axis, by, x.shape[axis]! - by), axis, 0, by);

/**
 * The gradient of the cumulative product along `axis`, right where values are 0 as well: with
 * `r_j = dy_j + x_{j+1}·r_{j+1}` it is `r_j·∏_{k<j} x_k`. The recurrence is solved by doubling.
 */
function cumprodGradient(x: Tensor, dy: Tensor, axis: number): Tensor {
  let factor = shifted(x, axis, 1);
  let rest = dy;
  for (let by = 1; by < x.shape[axis]!; by *= 2) {
    rest = add(rest, mul(factor, shifted(rest, axis, by)));
    factor = mul(factor, shifted(factor, axis, by));
  }
  return mul(rest, cumprod(x, axis, true));
}

setGradient<CumprodAttrs>(Cumprod, X, (dy, [x], { axis, exclusive, reverse: backwards }) => ({
  x: () => {
    if (x!.size === 0) return zerosLike(x!);
    const at = util.parseAxisParam(axis, x!.shape)[0]!;
    const turned = (value: Tensor): Tensor => (backwards ? reverse(value, at) : value);
    // The exclusive product is the inclusive one, a place later.
    const results = exclusive ? shifted(turned(dy), at, 1) : turned(dy);
    return turned(cumprodGradient(turned(x!), results, at));
  },
}));

/** Each value times the product of the others, found without dividing by it; tfjs refuses negative axes. */
setGradient<ProdAttrs>(Prod, X, (dy, [x], { axis }) => ({
  x: () => {
    const { shape } = x!;
    const axes = util.parseAxisParam(axis, shape);
    const kept = shape.map((_, i) => i).filter((i) => !axes.includes(i));
    const order = [...kept, ...axes];
    const back = order.map((_, i) => order.indexOf(i));
    const rows = util.sizeFromShape(kept.map((i) => shape[i]!));
    const moved = transpose(x!, order);
    const flat = reshape(moved, [rows, rows === 0 ? 0 : moved.size / rows]);
    const others = mul(cumprod(flat, 1, true), cumprod(flat, 1, true, true));
    return transpose(reshape(mul(others, reshape(dy, [rows, 1])), moved.shape), back);
  },
}));

/** The gradient of a value goes to the place it was taken from. */
setGradient(TopK, { inputsToSave: ['x'], outputsToSave: [false, true] }, (dys, [x, indices]) => ({
  x: () => {
    const [dy] = dys as unknown as [Tensor, Tensor];
    const n = x!.shape.at(-1)!;
    const rows = x!.size / n;
    const first = reshape(mul(range(0, rows, 1, 'int32'), scalar(n, 'int32')), [rows, 1]);
    const places = add(reshape(indices!, [rows, dy.size / rows]), first);
    const flat = unsortedSegmentSum(reshape(dy, [dy.size]), reshape(places, [dy.size]) as never, x!.size);
    return reshape(flat, x!.shape);
  },
}));
