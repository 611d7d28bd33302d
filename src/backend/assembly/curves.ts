// The activations of layers and of fused kernels, and their derivatives; NaN stays NaN in each of them.
import { FLOAT } from './blocks';
import { sigmoid, softplus, tanh } from './elementary';
import { exp, madd } from './simd';

// The first in the order of tfjs's own list, where 0 is linear and 3 prelu.
const RELU: i32 = 1;
const RELU6: i32 = 2;
const LEAKY_RELU: i32 = 4;
const SIGMOID: i32 = 5;
const ELU: i32 = 6;
const TANH: i32 = 7;
const SELU: i32 = 8;
const SOFTPLUS: i32 = 9;
const SOFTSIGN: i32 = 10;
const HARD_SIGMOID: i32 = 11;
/** From here on the derivative is that at the argument, not a function of the value. */
const SWISH: i32 = 12;

const SELU_ALPHA: f32 = 1.7580993408473768;
const SELU_SCALE: f32 = 1.0507009873554805;

/** f(x). */
export function curveOf(kind: i32, x: v128, alpha: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (kind === RELU) return f32x4.max(x, zero);
  if (kind === RELU6) return f32x4.min(f32x4.max(x, zero), f32x4.splat(6));
  if (kind === LEAKY_RELU) return v128.bitselect(f32x4.mul(x, alpha), x, f32x4.lt(x, zero));
  if (kind === SIGMOID) return sigmoid(x);
  if (kind === ELU) return v128.bitselect(x, f32x4.mul(alpha, f32x4.sub(exp(x), one)), f32x4.ge(x, zero));
  if (kind === TANH) return tanh(x);
  if (kind === SELU) {
    const below = f32x4.mul(f32x4.splat(SELU_ALPHA), f32x4.sub(exp(x), one));
    return v128.bitselect(f32x4.mul(x, f32x4.splat(SELU_SCALE)), below, f32x4.ge(x, zero));
  }
  if (kind === SOFTPLUS) return softplus(x);
  if (kind === SOFTSIGN) return f32x4.div(x, f32x4.add(one, f32x4.abs(x)));
  if (kind === HARD_SIGMOID) {
    return f32x4.min(f32x4.max(madd(x, f32x4.splat(0.2), f32x4.splat(0.5)), zero), one);
  }
  if (kind === SWISH) return f32x4.mul(x, sigmoid(f32x4.mul(alpha, x)));
  return x;
}

/** f′ from the value y of f, from SWISH on from its argument. */
export function slopeOf(kind: i32, y: v128, alpha: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (kind === RELU) return v128.and(f32x4.gt(y, zero), one);
  if (kind === RELU6) return v128.and(v128.and(f32x4.gt(y, zero), f32x4.lt(y, f32x4.splat(6))), one);
  if (kind === LEAKY_RELU) return v128.bitselect(one, alpha, f32x4.gt(y, zero));
  if (kind === SIGMOID) return f32x4.mul(y, f32x4.sub(one, y));
  if (kind === ELU) return v128.bitselect(one, f32x4.add(y, alpha), f32x4.ge(y, zero));
  if (kind === TANH) return f32x4.sub(one, f32x4.mul(y, y));
  if (kind === SELU) {
    return v128.bitselect(f32x4.splat(SELU_SCALE), f32x4.add(y, f32x4.splat(SELU_ALPHA)), f32x4.gt(y, zero));
  }
  if (kind === SOFTPLUS) return f32x4.sub(one, exp(f32x4.neg(y)));
  if (kind === SOFTSIGN) {
    const rest = f32x4.sub(one, f32x4.abs(y));
    return f32x4.mul(rest, rest);
  }
  if (kind === HARD_SIGMOID) {
    const inside = v128.and(f32x4.gt(y, zero), f32x4.lt(y, one));
    return v128.and(inside, f32x4.splat(0.2));
  }
  if (kind === SWISH) {
    const ax = f32x4.mul(alpha, y);
    const s = sigmoid(ax);
    return f32x4.mul(s, madd(ax, f32x4.sub(one, s), one));
  }
  return one;
}

/** y = f(x) for `count` floats; x and y may be the same. `alpha` is that of leakyrelu, elu and swish. */
export function curve(kind: i32, x: usize, y: usize, count: i32, alpha: f32): void {
  const parameter = f32x4.splat(alpha);
  const whole = <usize>(count & ~3) * FLOAT;
  for (let i: usize = 0; i < whole; i += 16) v128.store(y + i, curveOf(kind, v128.load(x + i), parameter));
  for (let i = whole; i < <usize>count * FLOAT; i += FLOAT) {
    store<f32>(y + i, f32x4.extract_lane(curveOf(kind, v128.load32_zero(x + i), parameter), 0));
  }
}

/** dx = dy·f′, added to what is there if `adds`; `y` is the value of f, from SWISH on its argument. dx may be dy. */
export function curveGradient(
  kind: i32,
  y: usize,
  dy: usize,
  dx: usize,
  count: i32,
  alpha: f32,
  adds: bool,
): void {
  const parameter = f32x4.splat(alpha);
  const whole = <usize>(count & ~3) * FLOAT;
  for (let i: usize = 0; i < whole; i += 16) {
    const gradient = f32x4.mul(v128.load(dy + i), slopeOf(kind, v128.load(y + i), parameter));
    v128.store(dx + i, adds ? f32x4.add(v128.load(dx + i), gradient) : gradient);
  }
  for (let i = whole; i < <usize>count * FLOAT; i += FLOAT) {
    const slope = f32x4.extract_lane(slopeOf(kind, v128.load32_zero(y + i), parameter), 0);
    const gradient = load<f32>(dy + i) * slope;
    store<f32>(dx + i, adds ? load<f32>(dx + i) + gradient : gradient);
  }
}
