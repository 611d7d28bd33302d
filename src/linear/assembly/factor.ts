// The upper triangular factor of [√α·I; X] by Householder's reflections. The j-th mixes row j of the upper part with
// all rows of the lower: its vector is a head, above, and what column j of X then is, which is left in its place.
import { addTo, DOUBLE, dot, total } from './vectors';

/** Columns that are factored before all others are reflected at once; as many fit into the cache. */
const PANEL: i32 = 16;

// Numbers of a reflection: its head, its factor 2/‖v‖², and its product with the one before.
const HEAD: usize = 0;
const FACTOR: usize = 8;
const BEFORE: usize = 16;
const REFLECTION: usize = 24;

/** x ← x − factor·v·(v·x), with the number of x that is above, and the head of v. */
function reflectOne(v: usize, reflection: usize, x: usize, above: usize, length: i32): void {
  const factor = load<f64>(reflection, FACTOR);
  const head = load<f64>(reflection, HEAD);
  const sum = factor * (head * load<f64>(above) + dot(v, x, length));
  store<f64>(above, load<f64>(above) - sum * head);
  addTo(x, v, -sum, length);
}

/** The reflection that makes 0 of column x, with `above` on the diagonal. */
function makeReflection(x: usize, above: usize, reflection: usize, length: i32): void {
  const square = dot(x, x, length);
  const top = load<f64>(above);
  const size = sqrt(top * top + square);
  // Of the sign that does not cancel.
  const left = top > 0 ? -size : size;
  const head = top - left;
  const whole = head * head + square;
  store<f64>(above, left);
  store<f64>(reflection, head, HEAD);
  store<f64>(reflection, whole === 0 ? 0 : 2 / whole, FACTOR);
}

/** Two doubles of a vector. */
function pair(at: usize, i: usize): v128 {
  return v128.load(at + i);
}

/** sum + a·b. */
function times(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}

/** Writes by what multiples of v and u a column changes, from its products with both, and changes the numbers above. */
function multiples(reflections: usize, above: usize, withV: f64, withU: f64, result: usize): void {
  const first = load<f64>(reflections, HEAD);
  const second = load<f64>(reflections + REFLECTION, HEAD);
  const a = load<f64>(reflections, FACTOR) * (first * load<f64>(above) + withV);
  const between = load<f64>(reflections + REFLECTION, BEFORE);
  const b =
    load<f64>(reflections + REFLECTION, FACTOR) * (second * load<f64>(above, DOUBLE) + withU - a * between);
  store<f64>(above, load<f64>(above) - a * first);
  store<f64>(above, load<f64>(above, DOUBLE) - b * second, DOUBLE);
  store<f64>(result, -a);
  store<f64>(result, -b, DOUBLE);
}

/** Reflects four columns by two reflections, one after the other, while each number is read but twice. */
function reflectFour(
  v: usize,
  reflections: usize,
  x: usize,
  above: usize,
  aboveStep: usize,
  bytes: usize,
  scratch: usize,
): void {
  const u = v + bytes;
  const a = x;
  const b = x + bytes;
  const c = b + bytes;
  const d = c + bytes;
  let va = f64x2.splat(0);
  let vb = va;
  let vc = va;
  let vd = va;
  let ua = va;
  let ub = va;
  let uc = va;
  let ud = va;
  for (let i: usize = 0; i < bytes; i += 16) {
    const vi = pair(v, i);
    const ui = pair(u, i);
    const ai = pair(a, i);
    const bi = pair(b, i);
    const ci = pair(c, i);
    const di = pair(d, i);
    va = times(va, vi, ai);
    ua = times(ua, ui, ai);
    vb = times(vb, vi, bi);
    ub = times(ub, ui, bi);
    vc = times(vc, vi, ci);
    uc = times(uc, ui, ci);
    vd = times(vd, vi, di);
    ud = times(ud, ui, di);
  }
  multiples(reflections, above, total(va), total(ua), scratch);
  multiples(reflections, above + aboveStep, total(vb), total(ub), scratch + 16);
  multiples(reflections, above + 2 * aboveStep, total(vc), total(uc), scratch + 32);
  multiples(reflections, above + 3 * aboveStep, total(vd), total(ud), scratch + 48);
  va = v128.load64_splat(scratch);
  ua = v128.load64_splat(scratch, 8);
  vb = v128.load64_splat(scratch, 16);
  ub = v128.load64_splat(scratch, 24);
  vc = v128.load64_splat(scratch, 32);
  uc = v128.load64_splat(scratch, 40);
  vd = v128.load64_splat(scratch, 48);
  ud = v128.load64_splat(scratch, 56);
  for (let i: usize = 0; i < bytes; i += 16) {
    const vi = pair(v, i);
    const ui = pair(u, i);
    v128.store(a + i, times(times(pair(a, i), va, vi), ua, ui));
    v128.store(b + i, times(times(pair(b, i), vb, vi), ub, ui));
    v128.store(c + i, times(times(pair(c, i), vc, vi), uc, ui));
    v128.store(d + i, times(times(pair(d, i), vd, vi), ud, ui));
  }
}

/** Factors the columns of a panel. */
function factorPanel(
  x: usize,
  from: i32,
  to: i32,
  length: i32,
  above: usize,
  size: i32,
  reflections: usize,
): void {
  const bytes = <usize>length * DOUBLE;
  const column = <usize>size * DOUBLE;
  for (let j = from; j < to; j++) {
    const v = x + <usize>j * bytes;
    const reflection = reflections + <usize>j * REFLECTION;
    const row = above + <usize>j * DOUBLE;
    makeReflection(v, row + <usize>j * column, reflection, length);
    if (j > from) store<f64>(reflection, dot(v - bytes, v, length), BEFORE);
    for (let k = j + 1; k < to; k++) {
      reflectOne(v, reflection, x + <usize>k * bytes, row + <usize>k * column, length);
    }
  }
}

/**
 * Factors the first `size` of `count` columns, and reflects all of them. `above` is the upper part, size × count, each
 * column in one piece; `reflections` gets the three numbers of each; `scratch` has room for eight doubles.
 */
export function factorize(
  x: usize,
  length: i32,
  size: i32,
  count: i32,
  above: usize,
  reflections: usize,
  scratch: usize,
): void {
  const bytes = <usize>length * DOUBLE;
  const column = <usize>size * DOUBLE;
  for (let from = 0; from < size; from += PANEL) {
    const to = min(size, from + PANEL);
    factorPanel(x, from, to, length, above, size, reflections);
    for (let k = to; k < count; ) {
      const isFour = k + 3 < count;
      const target = x + <usize>k * bytes;
      let j = from;
      for (; isFour && j + 1 < to; j += 2) {
        const row = above + <usize>j * DOUBLE + <usize>k * column;
        const reflection = reflections + <usize>j * REFLECTION;
        reflectFour(x + <usize>j * bytes, reflection, target, row, column, bytes, scratch);
      }
      const group = isFour ? 4 : 1;
      for (; j < to; j++) {
        for (let m = k; m < k + group; m++) {
          const row = above + <usize>j * DOUBLE + <usize>m * column;
          reflectOne(
            x + <usize>j * bytes,
            reflections + <usize>j * REFLECTION,
            x + <usize>m * bytes,
            row,
            length,
          );
        }
      }
      k += group;
    }
  }
}
