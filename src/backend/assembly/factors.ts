// A step of an optimizer that keeps means for the rows and columns of a matrix alone: Adafactor.
import { FLOAT } from './blocks';
import { read, sumOfFour, write } from './simd';

/** Four rows at a time, whose squares are added before they go to the sums of their columns. */
function addFourRows(x: usize, columns: i32, rowSums: usize, columnSums: usize): void {
  const rowBytes = <usize>columns * FLOAT;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let column = 0; column < columns; ) {
    const isFour = column + 4 <= columns;
    let a = read(x, isFour);
    let b = read(x + rowBytes, isFour);
    let c = read(x + 2 * rowBytes, isFour);
    let d = read(x + 3 * rowBytes, isFour);
    a = f32x4.mul(a, a);
    b = f32x4.mul(b, b);
    c = f32x4.mul(c, c);
    d = f32x4.mul(d, d);
    s0 = f32x4.add(s0, a);
    s1 = f32x4.add(s1, b);
    s2 = f32x4.add(s2, c);
    s3 = f32x4.add(s3, d);
    const squares = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
    write(columnSums, f32x4.add(read(columnSums, isFour), squares), isFour);
    const step = isFour ? 4 : 1;
    column += step;
    x += <usize>step * FLOAT;
    columnSums += <usize>step * FLOAT;
  }
  store<f32>(rowSums, sumOfFour(s0));
  store<f32>(rowSums, sumOfFour(s1), 4);
  store<f32>(rowSums, sumOfFour(s2), 8);
  store<f32>(rowSums, sumOfFour(s3), 12);
}

function addRow(x: usize, columns: i32, rowSum: usize, columnSums: usize): void {
  let sum = f32x4.splat(0);
  for (let column = 0; column < columns; ) {
    const isFour = column + 4 <= columns;
    const value = read(x, isFour);
    const square = f32x4.mul(value, value);
    sum = f32x4.add(sum, square);
    write(columnSums, f32x4.add(read(columnSums, isFour), square), isFour);
    const step = isFour ? 4 : 1;
    column += step;
    x += <usize>step * FLOAT;
    columnSums += <usize>step * FLOAT;
  }
  store<f32>(rowSum, sumOfFour(sum));
}

/** rowSums: of each row the sum of its squares; columnSums: of each column. */
function squareSums(x: usize, rows: i32, columns: i32, rowSums: usize, columnSums: usize): void {
  const rowBytes = <usize>columns * FLOAT;
  memory.fill(columnSums, 0, rowBytes);
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    addFourRows(x, columns, rowSums, columnSums);
    x += 4 * rowBytes;
    rowSums += 4 * FLOAT;
  }
  for (; row < rows; row++) {
    addRow(x, columns, rowSums, columnSums);
    x += rowBytes;
    rowSums += FLOAT;
  }
}

/** y: each entry of x times the factor of its row and that of its column. */
function scaleRowsAndColumns(
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

/**
 * With rᵢ the mean of x² + ε in row i and cⱼ in column j: R ← β·R + (1 − β)·r, C ← β·C + (1 − β)·c, and y is
 * x / √(R·C / mean(R)).
 *
 * @param beta the β; `rest` is 1 − β
 * @param scratch room for a float for each row and each column
 */
export function factoredStep(
  x: usize,
  rows: i32,
  columns: i32,
  oldRows: usize,
  oldColumns: usize,
  newRows: usize,
  newColumns: usize,
  beta: f32,
  rest: f32,
  epsilon: f32,
  y: usize,
  scratch: usize,
): void {
  squareSums(x, rows, columns, newRows, newColumns);
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const at = <usize>i * FLOAT;
    const mean = beta * load<f32>(oldRows + at) + rest * (load<f32>(newRows + at) / <f32>columns + epsilon);
    store<f32>(newRows + at, mean);
    total += <f64>mean;
  }
  const whole = <f32>(total / <f64>rows);
  const rowFactors = scratch;
  for (let i = 0; i < rows; i++) {
    const at = <usize>i * FLOAT;
    store<f32>(rowFactors + at, sqrt(whole / load<f32>(newRows + at)));
  }
  const columnFactors = scratch + <usize>rows * FLOAT;
  for (let j = 0; j < columns; j++) {
    const at = <usize>j * FLOAT;
    const mean =
      beta * load<f32>(oldColumns + at) + rest * (load<f32>(newColumns + at) / <f32>rows + epsilon);
    store<f32>(newColumns + at, mean);
    store<f32>(columnFactors + at, <f32>1 / sqrt(mean));
  }
  scaleRowsAndColumns(x, rows, columns, rowFactors, columnFactors, y);
}
