// The softmax of rows, and its gradient.
import { FLOAT } from './blocks';
import { exp } from './simd';

function sumLanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/** y = the softmax of each row of x; x and y may be the same. */
export function softmax(x: usize, y: usize, rows: i32, columns: i32): void {
  const whole = <usize>(columns & ~3) * FLOAT;
  const width = <usize>columns * FLOAT;
  for (let i = 0; i < rows; i++) {
    let most: f32 = -Infinity;
    for (let j: usize = 0; j < width; j += FLOAT) most = max(most, load<f32>(x + j));
    let sums = f32x4.splat(0);
    for (let j: usize = 0; j < whole; j += 16) {
      const value = exp(f32x4.sub(v128.load(x + j), f32x4.splat(most)));
      sums = f32x4.add(sums, value);
      v128.store(y + j, value);
    }
    let sum = sumLanes(sums);
    for (let j = whole; j < width; j += FLOAT) {
      const value = f32x4.extract_lane(exp(f32x4.splat(load<f32>(x + j) - most)), 0);
      sum += value;
      store<f32>(y + j, value);
    }
    for (let j: usize = 0; j < whole; j += 16)
      v128.store(y + j, f32x4.div(v128.load(y + j), f32x4.splat(sum)));
    for (let j = whole; j < width; j += FLOAT) store<f32>(y + j, load<f32>(y + j) / sum);
    x += width;
    y += width;
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
