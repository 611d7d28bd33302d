// Batch normalization of the columns of a matrix: the channels of images, or the features of a batch.
import { FLOAT } from './blocks';
import { madd, read, write } from './simd';
import { scale, sumRows } from './sums';

/** factors = scale / √(variance + epsilon); `scale` may be 0 for ones. */
function setFactors(variance: usize, scales: usize, epsilon: f32, columns: i32, factors: usize): void {
  for (let j: usize = 0; j < <usize>columns * FLOAT; j += FLOAT) {
    const factor: f32 = scales === 0 ? 1 : load<f32>(scales + j);
    store<f32>(factors + j, factor / sqrt(load<f32>(variance + j) + epsilon));
  }
}

/**
 * y = (x − mean)·scale / √(variance + epsilon) + offset. `offset` and `scale` may be 0 for zeros and ones, y may be
 * x, scratch has room for a row.
 */
export function batchNorm(
  x: usize,
  rows: i32,
  columns: i32,
  mean: usize,
  variance: usize,
  offset: usize,
  scales: usize,
  epsilon: f32,
  y: usize,
  scratch: usize,
): void {
  setFactors(variance, scales, epsilon, columns, scratch);
  const rowBytes = <usize>columns * FLOAT;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; ) {
      const isFour = j + 4 <= columns;
      const at = <usize>j * FLOAT;
      const start = offset === 0 ? f32x4.splat(0) : read(offset + at, isFour);
      const deviation = f32x4.sub(read(x + at, isFour), read(mean + at, isFour));
      write(y + at, madd(deviation, read(scratch + at, isFour), start), isFour);
      j += isFour ? 4 : 1;
    }
    x += rowBytes;
    y += rowBytes;
  }
}

/** Adds up to 256 rows of (x − mean)·z to sums, z = x − mean for 0. */
function addProducts(
  x: usize,
  z: usize,
  rows: i32,
  rowBytes: usize,
  mean: v128,
  sums: usize,
  isFour: bool,
): void {
  let sum = f32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    const deviation = f32x4.sub(read(x, isFour), mean);
    const other = z === 0 ? deviation : read(z, isFour);
    sum = madd(deviation, other, sum);
    x += rowBytes;
    if (z !== 0) z += rowBytes;
  }
  write(sums, f32x4.add(read(sums, isFour), sum), isFour);
}

/** sums = Σ (x − mean)·z over the rows; z = x − mean where `z` is 0. */
function sumProducts(x: usize, z: usize, rows: i32, columns: i32, mean: usize, sums: usize): void {
  const rowBytes = <usize>columns * FLOAT;
  memory.fill(sums, 0, rowBytes);
  for (let first = 0; first < rows; first += 256) {
    const block = <usize>first * rowBytes;
    for (let j = 0; j < columns; ) {
      const isFour = j + 4 <= columns;
      const at = <usize>j * FLOAT;
      const other: usize = z === 0 ? 0 : z + block + at;
      const count = min(256, rows - first);
      addProducts(x + block + at, other, count, rowBytes, read(mean + at, isFour), sums + at, isFour);
      j += isFour ? 4 : 1;
    }
  }
}

/** The mean and the variance, Σ (x − mean)² / rows, of each column. */
export function moments(x: usize, rows: i32, columns: i32, mean: usize, variance: usize): void {
  const part: f32 = 1 / <f32>rows;
  sumRows(x, rows, columns, mean);
  scale(mean, part, mean, columns);
  sumProducts(x, 0, rows, columns, mean, variance);
  scale(variance, part, variance, columns);
}

/**
 * The gradients of `batchNorm` with respect to offset, Σ dy, and scale, Σ dy·(x − mean) / √(variance + epsilon); and
 * with respect to x where mean and variance are those of x, unless `dx` is 0. It may be dy.
 */
export function batchNormGradient(
  x: usize,
  dy: usize,
  rows: i32,
  columns: i32,
  mean: usize,
  variance: usize,
  scales: usize,
  epsilon: f32,
  dx: usize,
  dOffset: usize,
  dScale: usize,
): void {
  sumRows(dy, rows, columns, dOffset);
  sumProducts(x, dy, rows, columns, mean, dScale);
  for (let j: usize = 0; j < <usize>columns * FLOAT; j += FLOAT) {
    store<f32>(dScale + j, load<f32>(dScale + j) / sqrt(load<f32>(variance + j) + epsilon));
  }
  if (dx === 0) return;
  // dx = scale/σ · (dy − (Σ dy + (x − mean)/σ · dScale) / rows)
  const part = f32x4.splat(-1 / <f32>rows);
  const rowBytes = <usize>columns * FLOAT;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; ) {
      const isFour = j + 4 <= columns;
      const at = <usize>j * FLOAT;
      const root = f32x4.sqrt(f32x4.add(read(variance + at, isFour), f32x4.splat(epsilon)));
      const normal = f32x4.div(f32x4.sub(read(x + at, isFour), read(mean + at, isFour)), root);
      const common = madd(normal, read(dScale + at, isFour), read(dOffset + at, isFour));
      const factor = scales === 0 ? f32x4.splat(1) : read(scales + at, isFour);
      const own = madd(common, part, read(dy + at, isFour));
      write(dx + at, f32x4.div(f32x4.mul(own, factor), root), isFour);
      j += isFour ? 4 : 1;
    }
    x += rowBytes;
    dy += rowBytes;
    dx += rowBytes;
  }
}
