// Sums over the rows or the columns of a matrix. Rows are taken in blocks, whose sums are added: with so few
// additions in a row the error stays near that of one.
import { FLOAT } from './blocks';
import { read, sumOfFour, write } from './simd';

const BLOCK: i32 = 256;

/** Adds up to BLOCK rows of 16, 4 or 1 columns to y. */
function addBlock(x: usize, rows: i32, rowBytes: usize, y: usize, isFour: bool): void {
  let even = f32x4.splat(0);
  let odd = even;
  let i = 0;
  for (; i + 2 <= rows; i += 2) {
    even = f32x4.add(even, read(x, isFour));
    odd = f32x4.add(odd, read(x + rowBytes, isFour));
    x += 2 * rowBytes;
  }
  if (i < rows) even = f32x4.add(even, read(x, isFour));
  write(y, f32x4.add(read(y, isFour), f32x4.add(even, odd)), isFour);
}

/** Adds up to BLOCK rows of sixteen columns to y. */
function addWideBlock(x: usize, rows: i32, rowBytes: usize, y: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let i = 0; i < rows; i++) {
    s0 = f32x4.add(s0, v128.load(x));
    s1 = f32x4.add(s1, v128.load(x, 16));
    s2 = f32x4.add(s2, v128.load(x, 32));
    s3 = f32x4.add(s3, v128.load(x, 48));
    x += rowBytes;
  }
  v128.store(y, f32x4.add(v128.load(y), s0));
  v128.store(y, f32x4.add(v128.load(y, 16), s1), 16);
  v128.store(y, f32x4.add(v128.load(y, 32), s2), 32);
  v128.store(y, f32x4.add(v128.load(y, 48), s3), 48);
}

/** y: of each column the sum over all rows; y must not overlap x. */
export function sumRows(x: usize, rows: i32, columns: i32, y: usize): void {
  const rowBytes = <usize>columns * FLOAT;
  memory.fill(y, 0, rowBytes);
  for (let first = 0; first < rows; first += BLOCK) {
    const block = x + <usize>first * rowBytes;
    const count = min(BLOCK, rows - first);
    for (let column = 0; column < columns; ) {
      const at = <usize>column * FLOAT;
      if (column + 16 <= columns) {
        addWideBlock(block + at, count, rowBytes, y + at);
        column += 16;
        continue;
      }
      const isFour = column + 4 <= columns;
      addBlock(block + at, count, rowBytes, y + at, isFour);
      column += isFour ? 4 : 1;
    }
  }
}

/** The sum of up to 4096 floats. */
function sumOf(x: usize, count: i32): f32 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    s0 = f32x4.add(s0, v128.load(x));
    s1 = f32x4.add(s1, v128.load(x, 16));
    s2 = f32x4.add(s2, v128.load(x, 32));
    s3 = f32x4.add(s3, v128.load(x, 48));
    x += 64;
  }
  let rest: f32 = 0;
  for (; i < count; i++) {
    rest += load<f32>(x);
    x += FLOAT;
  }
  return sumOfFour(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3))) + rest;
}

/** y: of each row the sum over all columns. */
export function sumColumns(x: usize, rows: i32, columns: i32, y: usize): void {
  for (let i = 0; i < rows; i++) {
    // The sums of blocks are added with twice the digits.
    let sum: f64 = 0;
    for (let first = 0; first < columns; first += 16 * BLOCK) {
      sum += <f64>sumOf(x + <usize>first * FLOAT, min(16 * BLOCK, columns - first));
    }
    store<f32>(y, <f32>sum);
    x += <usize>columns * FLOAT;
    y += FLOAT;
  }
}

/** y = x · factor, for `count` floats; y may be x. */
export function scale(x: usize, factor: f32, y: usize, count: i32): void {
  const factors = f32x4.splat(factor);
  for (let i = 0; i < count; ) {
    const isFour = i + 4 <= count;
    const at = <usize>i * FLOAT;
    write(y + at, f32x4.mul(read(x + at, isFour), factors), isFour);
    i += isFour ? 4 : 1;
  }
}
