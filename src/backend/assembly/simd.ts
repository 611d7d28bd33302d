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
