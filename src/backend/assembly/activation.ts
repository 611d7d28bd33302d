// The activations that tfjs fuses with products and convolutions.
import { FLOAT } from './blocks';
import { exp } from './simd';

// In the order of tfjs's own list, where 3 is prelu.
const RELU: i32 = 1;
const RELU6: i32 = 2;
const LEAKY_RELU: i32 = 4;
const SIGMOID: i32 = 5;
const ELU: i32 = 6;

function scaleNegative(x: v128, slope: v128): v128 {
  return v128.bitselect(f32x4.mul(x, slope), x, f32x4.lt(x, f32x4.splat(0)));
}

/** NaN stays NaN in each of them. */
function apply(kind: i32, x: v128, slope: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (kind === RELU) return f32x4.max(x, zero);
  if (kind === RELU6) return f32x4.min(f32x4.max(x, zero), f32x4.splat(6));
  if (kind === LEAKY_RELU) return scaleNegative(x, slope);
  if (kind === SIGMOID) return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
  if (kind === ELU) return v128.bitselect(x, f32x4.sub(exp(x), one), f32x4.ge(x, zero));
  return x;
}

/**
 * y = f(x) for `count` floats; x and y may be the same. `kind` is 0 linear, 1 relu, 2 relu6, 4 leakyrelu of slope
 * `alpha`, 5 sigmoid, 6 elu.
 */
export function activate(kind: i32, x: usize, y: usize, count: i32, alpha: f32): void {
  const slope = f32x4.splat(alpha);
  const whole = <usize>(count & ~3) * FLOAT;
  for (let i: usize = 0; i < whole; i += 16) v128.store(y + i, apply(kind, v128.load(x + i), slope));
  for (let i = whole; i < <usize>count * FLOAT; i += FLOAT) {
    store<f32>(y + i, f32x4.extract_lane(apply(kind, v128.load32_zero(x + i), slope), 0));
  }
}

/** y = x, or `scaled` where x is negative, for `count` floats; y may be one of them. */
export function replaceNegative(x: usize, scaled: usize, y: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const whole = <usize>(count & ~3) * FLOAT;
  for (let i: usize = 0; i < whole; i += 16) {
    const value = v128.load(x + i);
    v128.store(y + i, v128.bitselect(v128.load(scaled + i), value, f32x4.lt(value, zero)));
  }
  for (let i = whole; i < <usize>count * FLOAT; i += FLOAT) {
    const value = load<f32>(x + i);
    store<f32>(y + i, value < 0 ? load<f32>(scaled + i) : value);
  }
}
