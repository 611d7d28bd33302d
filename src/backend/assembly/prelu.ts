// What prelu chooses between.
import { FLOAT } from './blocks';

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
