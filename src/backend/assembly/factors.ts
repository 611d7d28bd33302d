// What an optimizer that keeps sums for rows and columns needs of a matrix, each in one pass over it.
import { FLOAT } from './blocks';
import { read, sumOfFour, write } from './simd';

/** So many rows are added to a sum of a column at a time: with so few additions in a row the error stays small. */
const BLOCK: i32 = 256;

function addTo(y: usize, sum: f32): void {
  store<f32>(y, load<f32>(y) + sum);
}

/** Adds the squares of up to BLOCK rows of sixteen columns to the sums. */
function addWideBlock(x: usize, rows: i32, rowBytes: usize, rowSums: usize, columnSums: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let i = 0; i < rows; i++) {
    let a = v128.load(x);
    let b = v128.load(x, 16);
    let c = v128.load(x, 32);
    let d = v128.load(x, 48);
    a = f32x4.mul(a, a);
    b = f32x4.mul(b, b);
    c = f32x4.mul(c, c);
    d = f32x4.mul(d, d);
    s0 = f32x4.add(s0, a);
    s1 = f32x4.add(s1, b);
    s2 = f32x4.add(s2, c);
    s3 = f32x4.add(s3, d);
    addTo(rowSums + <usize>i * FLOAT, sumOfFour(f32x4.add(f32x4.add(a, b), f32x4.add(c, d))));
    x += rowBytes;
  }
  v128.store(columnSums, f32x4.add(v128.load(columnSums), s0));
  v128.store(columnSums, f32x4.add(v128.load(columnSums, 16), s1), 16);
  v128.store(columnSums, f32x4.add(v128.load(columnSums, 32), s2), 32);
  v128.store(columnSums, f32x4.add(v128.load(columnSums, 48), s3), 48);
}

/** The same of 4 columns or 1. */
function addBlock(
  x: usize,
  rows: i32,
  rowBytes: usize,
  rowSums: usize,
  columnSums: usize,
  isFour: bool,
): void {
  let sum = f32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    const value = read(x, isFour);
    const square = f32x4.mul(value, value);
    sum = f32x4.add(sum, square);
    addTo(rowSums + <usize>i * FLOAT, sumOfFour(square));
    x += rowBytes;
  }
  write(columnSums, f32x4.add(read(columnSums, isFour), sum), isFour);
}

/** rowSums: of each row the sum of its squares; columnSums: of each column. */
export function squareSums(x: usize, rows: i32, columns: i32, rowSums: usize, columnSums: usize): void {
  const rowBytes = <usize>columns * FLOAT;
  memory.fill(rowSums, 0, <usize>rows * FLOAT);
  memory.fill(columnSums, 0, rowBytes);
  for (let first = 0; first < rows; first += BLOCK) {
    const block = x + <usize>first * rowBytes;
    const sums = rowSums + <usize>first * FLOAT;
    const count = min(BLOCK, rows - first);
    for (let column = 0; column < columns; ) {
      const at = <usize>column * FLOAT;
      if (column + 16 <= columns) {
        addWideBlock(block + at, count, rowBytes, sums, columnSums + at);
        column += 16;
        continue;
      }
      const isFour = column + 4 <= columns;
      addBlock(block + at, count, rowBytes, sums, columnSums + at, isFour);
      column += isFour ? 4 : 1;
    }
  }
}

/** y: each entry of x times the factor of its row and that of its column. */
export function scaleRowsAndColumns(
  x: usize,
  rows: i32,
  columns: i32,
  rowFactors: usize,
  columnFactors: usize,
  y: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const factor = f32x4.splat(load<f32>(rowFactors));
    for (let column = 0; column < columns; ) {
      const at = <usize>column * FLOAT;
      const isFour = column + 4 <= columns;
      const factors = f32x4.mul(factor, read(columnFactors + at, isFour));
      write(y + at, f32x4.mul(read(x + at, isFour), factors), isFour);
      column += isFour ? 4 : 1;
    }
    rowFactors += FLOAT;
    x += <usize>columns * FLOAT;
    y += <usize>columns * FLOAT;
  }
}
