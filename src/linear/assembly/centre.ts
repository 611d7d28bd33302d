// Columns less their means.
import { DOUBLE, total } from './vectors';

/** Beside the size of what is left, so much of a mean does not matter. */
const TINY: f64 = 1e-14;

function sum(column: usize, length: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (const end = column + <usize>length * DOUBLE; column < end; column += 64) {
    s0 = f64x2.add(s0, v128.load(column));
    s1 = f64x2.add(s1, v128.load(column, 16));
    s2 = f64x2.add(s2, v128.load(column, 32));
    s3 = f64x2.add(s3, v128.load(column, 48));
  }
  return total(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
}

/** Subtracts a number from all but the padding; returns the sum of the squares of what is left, and writes its sum. */
function subtract(column: usize, rows: i32, value: f64, left: usize): f64 {
  const both = f64x2.splat(value);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let q0 = s0;
  let q1 = s0;
  let at = column;
  const pairs = rows & ~3;
  for (const end = column + <usize>pairs * DOUBLE; at < end; at += 32) {
    const a = f64x2.sub(v128.load(at), both);
    const b = f64x2.sub(v128.load(at, 16), both);
    v128.store(at, a);
    v128.store(at, b, 16);
    s0 = f64x2.add(s0, a);
    s1 = f64x2.add(s1, b);
    q0 = f64x2.add(q0, f64x2.mul(a, a));
    q1 = f64x2.add(q1, f64x2.mul(b, b));
  }
  let rest: f64 = 0;
  let squares: f64 = 0;
  for (const end = column + <usize>rows * DOUBLE; at < end; at += DOUBLE) {
    const a = load<f64>(at) - value;
    store<f64>(at, a);
    rest += a;
    squares += a * a;
  }
  store<f64>(left, total(f64x2.add(s0, s1)) + rest);
  return total(f64x2.add(q0, q1)) + squares;
}

/** The mean is only as exact as a sum: where the values are far from 0 a second one puts it right. */
export function centre(
  columns: usize,
  count: i32,
  rows: i32,
  length: i32,
  means: usize,
  squares: usize,
): void {
  for (let j = 0; j < count; j++) {
    const column = columns + <usize>(j * length) * DOUBLE;
    const mean = means + <usize>j * DOUBLE;
    const first = sum(column, length) / <f64>rows;
    let square = subtract(column, rows, first, mean);
    const rest = load<f64>(mean) / <f64>rows;
    const isExact = abs(rest) <= TINY * sqrt(square / <f64>rows);
    if (!isExact) square = subtract(column, rows, rest, mean);
    store<f64>(mean, isExact ? first : first + rest);
    store<f64>(squares + <usize>j * DOUBLE, square);
  }
}
