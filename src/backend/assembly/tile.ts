// The innermost loops: tiles of the product, eight columns wide, held in registers. V8 has 15 of them for
// vectors: five rows, a row of B, a number of A and its product fill them.
//
// C = from + A·B. The element (i, p) of A is at a + i·aRow + p·aStep, the eight floats of B's row p are at
// b + p·bStep, those of row i of what the sum starts with and of C at from + i·fromRow and c + i·cRow: all in
// bytes, and bStep is not 0. Stores stand at the end alone: with branches there V8 keeps sums in memory.
import { madd } from './simd';

/** Where the product needs no register of its own, as it does without relaxed SIMD. */
export function tile6(
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
  from: usize,
  fromRow: usize,
  c: usize,
  cRow: usize,
): void {
  let a0 = a;
  let a1 = a + aRow;
  let a2 = a + 2 * aRow;
  let a3 = a + 3 * aRow;
  let a4 = a + 4 * aRow;
  let a5 = a + 5 * aRow;
  let c00 = v128.load(from);
  let c01 = v128.load(from, 16);
  from += fromRow;
  let c10 = v128.load(from);
  let c11 = v128.load(from, 16);
  from += fromRow;
  let c20 = v128.load(from);
  let c21 = v128.load(from, 16);
  from += fromRow;
  let c30 = v128.load(from);
  let c31 = v128.load(from, 16);
  from += fromRow;
  let c40 = v128.load(from);
  let c41 = v128.load(from, 16);
  from += fromRow;
  let c50 = v128.load(from);
  let c51 = v128.load(from, 16);
  for (const end = b + <usize>k * bStep; b !== end; b += bStep) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a0);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.load32_splat(a1);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    const x2 = v128.load32_splat(a2);
    c20 = madd(x2, b0, c20);
    c21 = madd(x2, b1, c21);
    const x3 = v128.load32_splat(a3);
    c30 = madd(x3, b0, c30);
    c31 = madd(x3, b1, c31);
    const x4 = v128.load32_splat(a4);
    c40 = madd(x4, b0, c40);
    c41 = madd(x4, b1, c41);
    const x5 = v128.load32_splat(a5);
    c50 = madd(x5, b0, c50);
    c51 = madd(x5, b1, c51);
    a0 += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    a4 += aStep;
    a5 += aStep;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += cRow;
  v128.store(c, c40);
  v128.store(c, c41, 16);
  c += cRow;
  v128.store(c, c50);
  v128.store(c, c51, 16);
}

export function tile5(
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
  from: usize,
  fromRow: usize,
  c: usize,
  cRow: usize,
): void {
  let a0 = a;
  let a1 = a + aRow;
  let a2 = a + 2 * aRow;
  let a3 = a + 3 * aRow;
  let a4 = a + 4 * aRow;
  let c00 = v128.load(from);
  let c01 = v128.load(from, 16);
  from += fromRow;
  let c10 = v128.load(from);
  let c11 = v128.load(from, 16);
  from += fromRow;
  let c20 = v128.load(from);
  let c21 = v128.load(from, 16);
  from += fromRow;
  let c30 = v128.load(from);
  let c31 = v128.load(from, 16);
  from += fromRow;
  let c40 = v128.load(from);
  let c41 = v128.load(from, 16);
  for (const end = b + <usize>k * bStep; b !== end; b += bStep) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a0);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.load32_splat(a1);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    const x2 = v128.load32_splat(a2);
    c20 = madd(x2, b0, c20);
    c21 = madd(x2, b1, c21);
    const x3 = v128.load32_splat(a3);
    c30 = madd(x3, b0, c30);
    c31 = madd(x3, b1, c31);
    const x4 = v128.load32_splat(a4);
    c40 = madd(x4, b0, c40);
    c41 = madd(x4, b1, c41);
    a0 += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
    a4 += aStep;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += cRow;
  v128.store(c, c40);
  v128.store(c, c41, 16);
}

export function tile4(
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  k: i32,
  from: usize,
  fromRow: usize,
  c: usize,
  cRow: usize,
): void {
  let a0 = a;
  let a1 = a + aRow;
  let a2 = a + 2 * aRow;
  let a3 = a + 3 * aRow;
  let c00 = v128.load(from);
  let c01 = v128.load(from, 16);
  from += fromRow;
  let c10 = v128.load(from);
  let c11 = v128.load(from, 16);
  from += fromRow;
  let c20 = v128.load(from);
  let c21 = v128.load(from, 16);
  from += fromRow;
  let c30 = v128.load(from);
  let c31 = v128.load(from, 16);
  for (const end = b + <usize>k * bStep; b !== end; b += bStep) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a0);
    c00 = madd(x0, b0, c00);
    c01 = madd(x0, b1, c01);
    const x1 = v128.load32_splat(a1);
    c10 = madd(x1, b0, c10);
    c11 = madd(x1, b1, c11);
    const x2 = v128.load32_splat(a2);
    c20 = madd(x2, b0, c20);
    c21 = madd(x2, b1, c21);
    const x3 = v128.load32_splat(a3);
    c30 = madd(x3, b0, c30);
    c31 = madd(x3, b1, c31);
    a0 += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** One row: each second product goes to sums of its own, since a sum waits for the one before. */
export function tile1(a: usize, aStep: usize, b: usize, bStep: usize, k: i32, from: usize, c: usize): void {
  let even0 = v128.load(from);
  let even1 = v128.load(from, 16);
  let odd0 = f32x4.splat(0);
  let odd1 = f32x4.splat(0);
  for (const end = b + <usize>(k >> 1) * bStep * 2; b !== end; b += bStep) {
    const x0 = v128.load32_splat(a);
    even0 = madd(x0, v128.load(b), even0);
    even1 = madd(x0, v128.load(b, 16), even1);
    b += bStep;
    const x1 = v128.load32_splat(a + aStep);
    odd0 = madd(x1, v128.load(b), odd0);
    odd1 = madd(x1, v128.load(b, 16), odd1);
    a += aStep * 2;
  }
  if (k & 1) {
    const x = v128.load32_splat(a);
    even0 = madd(x, v128.load(b), even0);
    even1 = madd(x, v128.load(b, 16), even1);
  }
  v128.store(c, f32x4.add(even0, odd0));
  v128.store(c, f32x4.add(even1, odd1), 16);
}
