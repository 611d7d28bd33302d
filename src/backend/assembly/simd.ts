// Small pieces of arithmetic on four floats at once.

/** a·b + c; rounded once where the build has relaxed SIMD, twice where it has not. */
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Four floats, or one where fewer than four are left. */
export function read(at: usize, isFour: bool): v128 {
  return isFour ? v128.load(at) : v128.load32_zero(at);
}

/** Stores four floats, or the first. */
export function write(at: usize, value: v128, isFour: bool): void {
  if (isFour) v128.store(at, value);
  else store<f32>(at, f32x4.extract_lane(value, 0));
}

/** The sum of the four. */
export function sumOfFour(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

const LOG2_E: f32 = Mathf.LOG2E;
/** ln 2 in two parts: the product of the first with a whole number below 2⁸ is exact. */
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.4286068203094173e-6;

/** 2ⁿ for whole numbers −126 … 127. */
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/**
 * eˣ within two units of the last place, also for results below the smallest normal float; NaN stays NaN.
 * The polynomial for |r| ≤ ln 2 / 2 is that of expf in Cephes.
 */
export function exp(x: v128): v128 {
  const bounded = f32x4.min(f32x4.max(x, f32x4.splat(-104)), f32x4.splat(89));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(LOG2_E)));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(1.98756915e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(madd(f32x4.mul(p, r), r, r), f32x4.splat(1));
  // In two halves, since 2ⁿ itself may lie outside the normal floats.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

const SQRT_HALF: f32 = Mathf.SQRT1_2;

/** ln x of normal floats above 0, within two units of the last place; NaN and Infinity become NaN. As logf in Cephes. */
export function log(x: v128): v128 {
  const one = f32x4.splat(1);
  // x = m·2ⁿ with m from √½ to √2.
  let m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000));
  const isSmall = f32x4.lt(m, f32x4.splat(SQRT_HALF));
  const exponent = i32x4.add(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)), isSmall);
  const n = f32x4.convert_i32x4_s(exponent);
  m = f32x4.sub(f32x4.add(m, v128.and(m, isSmall)), one);
  let p = f32x4.splat(7.0376836292e-2);
  p = madd(p, m, f32x4.splat(-1.151461031e-1));
  p = madd(p, m, f32x4.splat(1.167699874e-1));
  p = madd(p, m, f32x4.splat(-1.2420140846e-1));
  p = madd(p, m, f32x4.splat(1.4249322787e-1));
  p = madd(p, m, f32x4.splat(-1.6668057665e-1));
  p = madd(p, m, f32x4.splat(2.0000714765e-1));
  p = madd(p, m, f32x4.splat(-2.4999993993e-1));
  p = madd(p, m, f32x4.splat(3.3333331174e-1));
  const square = f32x4.mul(m, m);
  p = f32x4.mul(f32x4.mul(p, m), square);
  p = madd(n, f32x4.splat(-2.1219444e-4), p);
  p = f32x4.sub(p, f32x4.mul(square, f32x4.splat(0.5)));
  p = madd(n, f32x4.splat(0.693359375), f32x4.add(m, p));
  return f32x4.add(p, f32x4.sub(x, x));
}
