// Elementary functions of four floats at once, within two units of the last place; NaN stays NaN.
import { exp, log, madd } from './simd';

function square(x: v128): v128 {
  return f32x4.mul(x, x);
}

/** tanh x: near zero by the polynomial of tanhf in Cephes, where the quotient of exponentials would lose digits. */
export function tanh(x: v128): v128 {
  const one = f32x4.splat(1);
  const size = f32x4.abs(x);
  const e = exp(f32x4.mul(size, f32x4.splat(-2)));
  const far = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  const signed = v128.or(far, v128.and(x, i32x4.splat(0x80000000)));
  const z = square(x);
  let p = f32x4.splat(-5.70498872745e-3);
  p = madd(p, z, f32x4.splat(2.06390887954e-2));
  p = madd(p, z, f32x4.splat(-5.37397155531e-2));
  p = madd(p, z, f32x4.splat(1.33314422036e-1));
  p = madd(p, z, f32x4.splat(-3.33332819422e-1));
  const near = madd(f32x4.mul(p, z), x, x);
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

/** 1 / (1 + e⁻ˣ). */
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}

/** ln(1 + eˣ). */
export function softplus(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = exp(f32x4.neg(f32x4.abs(x)));
  // ln(1 + e) with the error of 1 + e made good.
  const sum = f32x4.add(one, e);
  const lost = f32x4.sub(e, f32x4.sub(sum, one));
  const tail = f32x4.add(log(sum), f32x4.div(lost, sum));
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), tail);
}
