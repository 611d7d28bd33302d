// Softmax of the rows of a matrix, and cross-entropy with it.
import { FLOAT } from './blocks';
import { exp, log, read, write } from './simd';
import { sumColumns } from './sums';

function largest(x: usize, columns: i32): f32 {
  let best: f32 = -Infinity;
  // A NaN wins: the whole row is NaN then.
  for (let j: usize = 0; j < <usize>columns * FLOAT; j += FLOAT) best = max(best, load<f32>(x + j));
  return best;
}

/** y = e^(x − shift). */
function shiftedExp(x: usize, shift: f32, columns: i32, y: usize): void {
  const shifts = f32x4.splat(shift);
  for (let j = 0; j < columns; ) {
    const isFour = j + 4 <= columns;
    const at = <usize>j * FLOAT;
    write(y + at, exp(f32x4.sub(read(x + at, isFour), shifts)), isFour);
    j += isFour ? 4 : 1;
  }
}

/** y: of each row e^x over their sum; y may be x, scratch has room for a float. */
export function softmax(x: usize, rows: i32, columns: i32, y: usize, scratch: usize): void {
  const rowBytes = <usize>columns * FLOAT;
  for (let i = 0; i < rows; i++) {
    shiftedExp(x, largest(x, columns), columns, y);
    sumColumns(y, 1, columns, scratch);
    const sum = f32x4.splat(load<f32>(scratch));
    for (let j = 0; j < columns; ) {
      const isFour = j + 4 <= columns;
      const at = <usize>j * FLOAT;
      write(y + at, f32x4.div(read(y + at, isFour), sum), isFour);
      j += isFour ? 4 : 1;
    }
    x += rowBytes;
    y += rowBytes;
  }
}

/**
 * losses: of each row −Σ label·log softmax(logits). dx, unless it is 0: the gradient of `weight` times their sum with
 * respect to the logits; it may be the logits. Scratch has room for a row.
 */
export function softmaxCrossEntropy(
  logits: usize,
  labels: usize,
  rows: i32,
  columns: i32,
  losses: usize,
  weight: f32,
  dx: usize,
  scratch: usize,
): void {
  const rowBytes = <usize>columns * FLOAT;
  for (let i = 0; i < rows; i++) {
    const shift = largest(logits, columns);
    shiftedExp(logits, shift, columns, scratch);
    sumColumns(scratch, 1, columns, losses);
    const sum = load<f32>(losses);
    const logSum = f32x4.extract_lane(log(f32x4.splat(sum)), 0) + shift;
    let loss: f32 = 0;
    let total: f32 = 0;
    for (let j: usize = 0; j < rowBytes; j += FLOAT) {
      const label = load<f32>(labels + j);
      // A label of 0 takes no part, also where the logit is infinite.
      if (label !== 0) loss += label * (logSum - load<f32>(logits + j));
      total += label;
    }
    store<f32>(losses, loss);
    if (dx !== 0) {
      for (let j: usize = 0; j < rowBytes; j += FLOAT) {
        const share = (load<f32>(scratch + j) / sum) * total - load<f32>(labels + j);
        store<f32>(dx + j, share * weight);
      }
      dx += rowBytes;
    }
    logits += rowBytes;
    labels += rowBytes;
    losses += FLOAT;
  }
}

/** dx = y·(dy − Σ y·dy) of each row, added to what is there if `adds`; y is the softmax. dx may be dy. */
export function softmaxGradient(y: usize, dy: usize, dx: usize, rows: i32, columns: i32, adds: bool): void {
  const width = <usize>columns * FLOAT;
  for (let i = 0; i < rows; i++) {
    let sum: f32 = 0;
    for (let j: usize = 0; j < width; j += FLOAT) sum += load<f32>(y + j) * load<f32>(dy + j);
    for (let j: usize = 0; j < width; j += FLOAT) {
      const gradient = load<f32>(y + j) * (load<f32>(dy + j) - sum);
      store<f32>(dx + j, adds ? load<f32>(dx + j) + gradient : gradient);
    }
    y += width;
    dy += width;
    dx += width;
  }
}
