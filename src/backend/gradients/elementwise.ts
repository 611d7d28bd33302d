// Gradients of elementwise kernels that tfjs lacks or has wrong.
import {
  Abs,
  add,
  cast,
  clone,
  div,
  EluGrad,
  equal,
  FloorDiv,
  floor,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  Maximum,
  Minimum,
  Mod,
  mul,
  neg,
  onesLike,
  Pow,
  Prelu,
  pow,
  SquaredDifference,
  sign,
  sub,
  type Tensor,
  where,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { setGradient, sumTo } from './register.ts';

const float = (x: Tensor): Tensor => cast(x, 'float32');

const AB = { inputsToSave: ['a', 'b'] };

/** tfjs has −1 at 0. */
setGradient(Abs, { inputsToSave: ['x'] }, (dy, [x]) => ({ x: () => mul(dy, sign(float(x!))) }));

/** The gradient of the larger or smaller of two; tfjs forgets to sum over what was broadcast. */
function choice(first: (a: Tensor, b: Tensor) => Tensor, second: (a: Tensor, b: Tensor) => Tensor) {
  return (dy: Tensor, [a, b]: Tensor[]) => ({
    a: () => sumTo(mul(dy, float(first(a!, b!))), a!.shape),
    b: () => sumTo(mul(dy, float(second(a!, b!))), b!.shape),
  });
}

setGradient(Maximum, AB, choice(greaterEqual, less));
setGradient(Minimum, AB, choice(lessEqual, greater));

setGradient(SquaredDifference, AB, (dy, [a, b]) => {
  const slope = (): Tensor => mul(dy, mul(sub(float(a!), float(b!)), 2));
  return { a: () => sumTo(slope(), a!.shape), b: () => sumTo(neg(slope()), b!.shape) };
});

setGradient(Mod, AB, (dy, [a, b]) => ({
  a: () => sumTo(clone(dy), a!.shape),
  b: () => sumTo(mul(dy, neg(floor(div(a!, b!)))), b!.shape),
}));

/** Constant between jumps, like floor; tfjs has the gradient of the division. */
setGradient(FloorDiv, AB, (_, [a, b]) => ({
  a: () => zeros(a!.shape),
  b: () => zeros(b!.shape),
}));

setGradient(Prelu, { inputsToSave: ['x', 'alpha'] }, (dy, [x, alpha]) => {
  const isPositive = greater(x!, 0);
  return {
    x: () => sumTo(where(isPositive, dy, mul(dy, alpha!)), x!.shape),
    alpha: () => sumTo(where(isPositive, zerosLike(dy), mul(dy, x!)), alpha!.shape),
  };
});

/** aᵇ, so that no derivative of any order makes NaN of 0·∞ where b is 0 or a is not above 0. */
setGradient(Pow, { inputsToSave: ['a', 'b'], outputsToSave: [true] }, (dy, [a, b, y]) => ({
  a: () => {
    const exponent = float(b!);
    const lowered = where(equal(exponent, 0), zerosLike(exponent), sub(exponent, 1));
    return sumTo(mul(dy, mul(exponent, pow(a!, lowered))), a!.shape);
  },
  b: () => {
    const base = float(a!);
    const isPositive = greater(base, 0);
    const logarithm = where(isPositive, log(where(isPositive, base, onesLike(base))), zerosLike(base));
    return sumTo(mul(dy, mul(y!, logarithm)), b!.shape);
  },
}));

/** EluGrad(dy, y) is dy where y > 0, else dy·(y + 1). */
setGradient(EluGrad, { inputsToSave: ['dy', 'y'] }, (ddx, [dy, y]) => ({
  dy: () => mul(ddx, where(greater(y!, 0), onesLike(y!), add(y!, 1))),
  y: () => where(greater(y!, 0), zerosLike(y!), mul(ddx, dy!)),
}));
