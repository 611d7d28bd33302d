// What the steps of optimizers have in common.
import { FLOAT } from './blocks';
import { madd } from './simd';

/** Four floats. */
export const BLOCK: usize = 16;

/** η·λ, the share of a parameter that is taken off beside its change. */
export function shrinkOf(numbers: usize): f32 {
  return load<f32>(numbers);
}

/** A number of the rule. */
export function number(numbers: usize, i: usize): v128 {
  return v128.load32_splat(numbers + (i + 1) * FLOAT);
}

/** w − (change + η·λ·w); the branch is quicker than the product, and without decay w may be infinite. */
export function put(w: usize, out: usize, change: v128, shrink: f32): void {
  const before = v128.load(w);
  if (shrink !== 0) change = madd(f32x4.splat(shrink), before, change);
  v128.store(out, f32x4.sub(before, change));
}

/** a·x + b·y */
export function mix(a: v128, x: v128, b: v128, y: v128): v128 {
  return madd(a, x, f32x4.mul(b, y));
}

/** η·g / √(v + ε) */
export function scaled(rate: v128, g: v128, v: v128, epsilon: v128): v128 {
  return f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(v, epsilon)));
}
