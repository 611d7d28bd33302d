// Coordinate descent on ½‖y − X·w‖² + l1·‖w‖₁ + ½·l2·‖w‖².
import { addProduct, addTo, DOUBLE, dot, total } from './vectors';

const INDEX: usize = 4;

/**
 * w_j ← S(x_j·r + ‖x_j‖²·w_j, l1) / (‖x_j‖² + l2), with the soft threshold S, for each feature in turn. Returns how
 * much lower the objective is, at least.
 */
export function descentRound(
  features: usize,
  count: i32,
  columns: usize,
  length: i32,
  squares: usize,
  l1: f64,
  l2: f64,
  w: usize,
  residual: usize,
): f64 {
  let fall: f64 = 0;
  for (const end = features + <usize>count * INDEX; features < end; features += INDEX) {
    const j = load<i32>(features);
    const weight = w + <usize>j * DOUBLE;
    const before = load<f64>(weight);
    const column = columns + <usize>(j * length) * DOUBLE;
    const square = load<f64>(squares + <usize>j * DOUBLE);
    const pull = dot(column, residual, length) + square * before;
    const size = abs(pull) - l1;
    const after = size > 0 ? copysign(size, pull) / (square + l2) : 0;
    if (after === before) continue;
    addTo(residual, column, before - after, length);
    store<f64>(weight, after);
    fall += 0.5 * (square + l2) * (after - before) * (after - before);
  }
  return fall;
}

/** x_j·v of each feature, of four at a time. */
export function slopes(
  features: usize,
  count: i32,
  columns: usize,
  length: i32,
  v: usize,
  result: usize,
): void {
  const bytes = <usize>length * DOUBLE;
  let at = 0;
  for (; at + 3 < count; at += 4) {
    const four = features + <usize>at * INDEX;
    const ja = load<i32>(four);
    const jb = load<i32>(four, 4);
    const jc = load<i32>(four, 8);
    const jd = load<i32>(four, 12);
    const a = columns + <usize>ja * bytes;
    const b = columns + <usize>jb * bytes;
    const c = columns + <usize>jc * bytes;
    const d = columns + <usize>jd * bytes;
    let sa = f64x2.splat(0);
    let sb = sa;
    let sc = sa;
    let sd = sa;
    for (let i: usize = 0; i < bytes; i += 32) {
      sa = addProduct(addProduct(sa, a + i, v + i), a + i + 16, v + i + 16);
      sb = addProduct(addProduct(sb, b + i, v + i), b + i + 16, v + i + 16);
      sc = addProduct(addProduct(sc, c + i, v + i), c + i + 16, v + i + 16);
      sd = addProduct(addProduct(sd, d + i, v + i), d + i + 16, v + i + 16);
    }
    store<f64>(result + <usize>ja * DOUBLE, total(sa));
    store<f64>(result + <usize>jb * DOUBLE, total(sb));
    store<f64>(result + <usize>jc * DOUBLE, total(sc));
    store<f64>(result + <usize>jd * DOUBLE, total(sd));
  }
  for (; at < count; at++) {
    const j = load<i32>(features + <usize>at * INDEX);
    store<f64>(result + <usize>j * DOUBLE, dot(columns + <usize>j * bytes, v, length));
  }
}
