// Sums, products and copies of arrays.
import { FLOAT } from './blocks';

/** y += factor·x. */
export function addScaled(x: usize, y: usize, count: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const whole = <usize>(count & ~3) * FLOAT;
  for (let i: usize = 0; i < whole; i += 16) {
    v128.store(y + i, f32x4.add(v128.load(y + i), f32x4.mul(v128.load(x + i), factors)));
  }
  for (let i = whole; i < <usize>count * FLOAT; i += FLOAT) {
    store<f32>(y + i, load<f32>(y + i) + load<f32>(x + i) * factor);
  }
}

/** z = x·y, added to what is there if `adds`. */
export function multiply(x: usize, y: usize, z: usize, count: i32, adds: bool): void {
  const whole = <usize>(count & ~3) * FLOAT;
  for (let i: usize = 0; i < whole; i += 16) {
    const product = f32x4.mul(v128.load(x + i), v128.load(y + i));
    v128.store(z + i, adds ? f32x4.add(v128.load(z + i), product) : product);
  }
  for (let i = whole; i < <usize>count * FLOAT; i += FLOAT) {
    const product = load<f32>(x + i) * load<f32>(y + i);
    store<f32>(z + i, adds ? load<f32>(z + i) + product : product);
  }
}

/** Copies `rows` rows of `width` floats; from and to count the floats from one row to the next. */
export function copyRows(x: usize, from: i32, y: usize, to: i32, rows: i32, width: i32, adds: bool): void {
  for (let i = 0; i < rows; i++) {
    if (adds) addScaled(x, y, width, 1);
    else memory.copy(y, x, <usize>width * FLOAT);
    x += <usize>from * FLOAT;
    y += <usize>to * FLOAT;
  }
}

/** Sets `count` floats to one value. */
export function fill(x: usize, count: i32, value: f32): void {
  const values = f32x4.splat(value);
  const whole = <usize>(count & ~3) * FLOAT;
  for (let i: usize = 0; i < whole; i += 16) v128.store(x + i, values);
  for (let i = whole; i < <usize>count * FLOAT; i += FLOAT) store<f32>(x + i, value);
}
