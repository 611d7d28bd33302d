// Normalization over the rows of a batch (batch normalization) and within each row (layer normalization), with
// the gradients in training.
import { FLOAT } from './blocks';

/** y = x·scale + shift, by columns. */
export function scaleColumns(x: usize, scale: usize, shift: usize, y: usize, rows: i32, columns: i32): void {
  const width = <usize>columns * FLOAT;
  const whole = <usize>(columns & ~3) * FLOAT;
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < whole; j += 16) {
      v128.store(y + j, f32x4.add(f32x4.mul(v128.load(x + j), v128.load(scale + j)), v128.load(shift + j)));
    }
    for (let j = whole; j < width; j += FLOAT) {
      store<f32>(y + j, load<f32>(x + j) * load<f32>(scale + j) + load<f32>(shift + j));
    }
    x += width;
    y += width;
  }
}

/** dBias = Σ dy and dScale = Σ dy·(x − mean)·inverse, by columns. */
export function columnGradients(
  x: usize,
  dy: usize,
  mean: usize,
  inverse: usize,
  rows: i32,
  columns: i32,
  dScale: usize,
  dBias: usize,
): void {
  const width = <usize>columns * FLOAT;
  const whole = <usize>(columns & ~3) * FLOAT;
  memory.fill(dScale, 0, width);
  memory.fill(dBias, 0, width);
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < whole; j += 16) {
      const d = v128.load(dy + j);
      const normed = f32x4.mul(f32x4.sub(v128.load(x + j), v128.load(mean + j)), v128.load(inverse + j));
      v128.store(dBias + j, f32x4.add(v128.load(dBias + j), d));
      v128.store(dScale + j, f32x4.add(v128.load(dScale + j), f32x4.mul(d, normed)));
    }
    for (let j = whole; j < width; j += FLOAT) {
      const d = load<f32>(dy + j);
      const normed = (load<f32>(x + j) - load<f32>(mean + j)) * load<f32>(inverse + j);
      store<f32>(dBias + j, load<f32>(dBias + j) + d);
      store<f32>(dScale + j, load<f32>(dScale + j) + d * normed);
    }
    x += width;
    dy += width;
  }
}

/** y = (x − mean)·inverse of each row, times gamma plus beta; `normed` keeps it without them, `inverse` 1/√(σ² + ε). */
export function layerNorm(
  x: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  y: usize,
  normed: usize,
  inverse: usize,
  rows: i32,
  columns: i32,
): void {
  const width = <usize>columns * FLOAT;
  const share: f32 = 1 / <f32>columns;
  for (let i = 0; i < rows; i++) {
    let sum: f32 = 0;
    for (let j: usize = 0; j < width; j += FLOAT) sum += load<f32>(x + j);
    const mean = sum * share;
    let squares: f32 = 0;
    for (let j: usize = 0; j < width; j += FLOAT) {
      const d = load<f32>(x + j) - mean;
      squares += d * d;
    }
    const factor: f32 = 1 / sqrt<f32>(squares * share + epsilon);
    store<f32>(inverse, factor);
    for (let j: usize = 0; j < width; j += FLOAT) {
      const value = (load<f32>(x + j) - mean) * factor;
      store<f32>(normed + j, value);
      const scaled = gamma ? value * load<f32>(gamma + j) : value;
      store<f32>(y + j, beta ? scaled + load<f32>(beta + j) : scaled);
    }
    x += width;
    y += width;
    normed += width;
    inverse += FLOAT;
  }
}

/** dx of a layer normalization; gamma may be 0. */
export function layerNormGradient(
  dy: usize,
  normed: usize,
  inverse: usize,
  gamma: usize,
  dx: usize,
  rows: i32,
  columns: i32,
  adds: bool,
): void {
  const width = <usize>columns * FLOAT;
  const share: f32 = 1 / <f32>columns;
  for (let i = 0; i < rows; i++) {
    let sum: f32 = 0;
    let along: f32 = 0;
    for (let j: usize = 0; j < width; j += FLOAT) {
      const d = gamma ? load<f32>(dy + j) * load<f32>(gamma + j) : load<f32>(dy + j);
      sum += d;
      along += d * load<f32>(normed + j);
    }
    const factor = load<f32>(inverse);
    for (let j: usize = 0; j < width; j += FLOAT) {
      const d = gamma ? load<f32>(dy + j) * load<f32>(gamma + j) : load<f32>(dy + j);
      const value = factor * (d - sum * share - load<f32>(normed + j) * along * share);
      store<f32>(dx + j, adds ? load<f32>(dx + j) + value : value);
    }
    dy += width;
    normed += width;
    dx += width;
    inverse += FLOAT;
  }
}

/** moving += (value − moving)·share. */
export function moveTowards(moving: usize, value: usize, count: i32, share: f32): void {
  for (let i: usize = 0; i < <usize>count * FLOAT; i += FLOAT) {
    const before = load<f32>(moving + i);
    store<f32>(moving + i, before - (before - load<f32>(value + i)) * share);
  }
}

/** inverse = 1/√(variance + ε); y = x·scale + shift normalizes, with gamma and beta, each of which may be 0. */
export function normCoefficients(
  mean: usize,
  variance: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  inverse: usize,
  scale: usize,
  shift: usize,
  columns: i32,
): void {
  for (let j: usize = 0; j < <usize>columns * FLOAT; j += FLOAT) {
    const factor: f32 = 1 / sqrt<f32>(load<f32>(variance + j) + epsilon);
    const scaled = gamma ? factor * load<f32>(gamma + j) : factor;
    store<f32>(inverse + j, factor);
    store<f32>(scale + j, scaled);
    store<f32>(shift + j, (beta ? load<f32>(beta + j) : 0) - load<f32>(mean + j) * scaled);
  }
}
