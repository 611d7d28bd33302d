// The mask of a dropout.
import { FLOAT } from './blocks';

/** The finalizer of MurmurHash3, of four numbers at once. */
function scramble(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x85ebca6b));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** Zeros with probability `rate`, else 1 / (1 − rate): a hash of the place and the seed decides. */
export function drawMask(mask: usize, count: i32, rate: f32, seed: i32): void {
  const kept = f32x4.splat(1 / (1 - rate));
  const limit = i32x4.splat(<i32>(rate * 16777216));
  const key = scramble(i32x4.splat(seed));
  let place = i32x4(0, 1, 2, 3);
  const end = <usize>count * FLOAT;
  for (let i: usize = 0; i < end; i += 16) {
    const draw = i32x4.shr_u(scramble(i32x4.add(scramble(v128.xor(place, key)), key)), 8);
    const value = v128.and(i32x4.ge_s(draw, limit), kept);
    if (i + 16 <= end) v128.store(mask + i, value);
    else {
      store<f32>(mask + i, f32x4.extract_lane(value, 0));
      if (i + 8 <= end) store<f32>(mask + i + 4, f32x4.extract_lane(value, 1));
      if (i + 12 <= end) store<f32>(mask + i + 8, f32x4.extract_lane(value, 2));
    }
    place = i32x4.add(place, i32x4.splat(4));
  }
}
