import { blank, type Columns } from './columns.ts';

interface Tridiagonal {
  diagonal: Float64Array;
  /** Below the diagonal; the entry of the first row is 0. */
  beside: Float64Array;
  /** The rows of the transformation. */
  z: Float64Array[];
}

/**
 * Householder's reduction of a symmetric matrix to tridiagonal form.
 *
 * @param z the rows of the matrix, of which the lower triangle is read
 *
 * @see Martin, Reinsch & Wilkinson, "Householder's Tridiagonalization of a Symmetric Matrix", Numerische
 * Mathematik 11, 1968 (tred2)
 */
function tridiagonal(z: Float64Array[]): Tridiagonal {
  const n = z.length;
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) {
    const row = z[i]!;
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(row[k]!);
    if (i === 1 || scale === 0) {
      beside[i] = row[i - 1]!;
      continue;
    }
    let h = 0;
    for (let k = 0; k < i; k++) {
      row[k]! /= scale;
      h += row[k]! ** 2;
    }
    const f = row[i - 1]!;
    const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
    beside[i] = scale * g;
    h -= f * g;
    row[i - 1] = f - g;
    reduce(z, beside, i, h);
    diagonal[i] = h;
  }
  accumulate(z, diagonal);
  return { diagonal, beside, z };
}

/** Applies the reflection of row `i` on both sides of the rows before it. */
function reduce(z: Float64Array[], beside: Float64Array, i: number, h: number): void {
  const row = z[i]!;
  beside.fill(0, 0, i);
  // The product with the symmetric matrix, along the rows of its lower triangle alone: memory is read in order.
  for (let j = 0; j < i; j++) {
    const lower = z[j]!;
    const f = row[j]!;
    let g = lower[j]! * f;
    for (let k = 0; k < j; k++) {
      g += lower[k]! * row[k]!;
      beside[k]! += lower[k]! * f;
    }
    beside[j]! += g;
  }
  let sum = 0;
  for (let j = 0; j < i; j++) {
    z[j]![i] = row[j]! / h;
    beside[j]! /= h;
    sum += beside[j]! * row[j]!;
  }
  const half = sum / (h + h);
  for (let j = 0; j < i; j++) {
    const f = row[j]!;
    const g = beside[j]! - half * f;
    beside[j] = g;
    const lower = z[j]!;
    for (let k = 0; k <= j; k++) lower[k]! -= f * beside[k]! + g * row[k]!;
  }
}

/** Multiplies the reflections together; `diagonal` held their factors, and gets the diagonal. */
function accumulate(z: Float64Array[], diagonal: Float64Array): void {
  const sums = new Float64Array(z.length);
  for (let i = 0; i < z.length; i++) {
    const row = z[i]!;
    if (diagonal[i] !== 0) {
      sums.fill(0, 0, i);
      for (let k = 0; k < i; k++) addTimes(sums, z[k]!, row[k]!, i);
      for (let k = 0; k < i; k++) addTimes(z[k]!, sums, -z[k]![i]!, i);
    }
    diagonal[i] = row[i]!;
    row[i] = 1;
    for (let j = 0; j < i; j++) {
      row[j] = 0;
      z[j]![i] = 0;
    }
  }
}

/** a + factor·b, in the place of a, of the first `n` entries. */
function addTimes(a: Float64Array, b: Float64Array, factor: number, n: number): void {
  for (let j = 0; j < n; j++) a[j]! += factor * b[j]!;
}

/** Far more steps than an eigenvalue ever takes: two or three. */
const STEPS = 60;

/** Where the matrix falls apart at or after `l`. */
function split(d: Float64Array, e: Float64Array, l: number): number {
  let m = l;
  for (; m < d.length - 1; m++) {
    const size = Math.abs(d[m]!) + Math.abs(d[m + 1]!);
    if (Math.abs(e[m]!) <= Number.EPSILON * size) break;
  }
  return m;
}

/** One implicit step with a shift, from `m` up to `l`. */
function step(d: Float64Array, e: Float64Array, columns: Columns, l: number, m: number): void {
  let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
  let r = Math.hypot(g, 1);
  g = d[m]! - d[l]! + e[l]! / (g + (g < 0 ? -r : r));
  let [s, c, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i]!;
    const b = c * e[i]!;
    r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1]! -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1]! - p;
    r = (d[i]! - g) * s + 2 * c * b;
    p = s * r;
    d[i + 1] = g + p;
    g = c * r - b;
    const [left, right] = [columns[i]!, columns[i + 1]!];
    for (let k = 0; k < left.length; k++) {
      const next = right[k]!;
      right[k] = s * left[k]! + c * next;
      left[k] = c * left[k]! - s * next;
    }
  }
  d[l]! -= p;
  e[l] = g;
  e[m] = 0;
}

/**
 * The eigenvalues of a symmetric matrix, the smallest first, and its eigenvectors.
 *
 * @param rows the rows of the matrix, of which the lower triangle is read and all is written into
 *
 * @see Dubrulle, Martin & Wilkinson, "The Implicit QL Algorithm", Numerische Mathematik 12, 1968 (tql2)
 */
export function symmetric(rows: Float64Array[]): { values: Float64Array; vectors: Columns } {
  const n = rows.length;
  const { diagonal: d, beside, z } = tridiagonal(rows);
  const e = Float64Array.from(beside, (_, i) => beside[i + 1] ?? 0);
  const columns = blank(n, n);
  for (let j = 0; j < n; j++) for (let i = 0; i < n; i++) columns[j]![i] = z[i]![j]!;
  for (let l = 0; l < n; l++) {
    for (let steps = 0, m = split(d, e, l); m !== l && steps < STEPS; steps++, m = split(d, e, l)) {
      step(d, e, columns, l, m);
    }
  }
  const order = Array.from(d, (_, i) => i).sort((i, j) => d[i]! - d[j]!);
  return { values: Float64Array.from(order, (i) => d[i]!), vectors: order.map((i) => columns[i]!) };
}
