// Sums of products over vectors of doubles, two at a time.

export const DOUBLE: usize = 8;

/** The sum of the two doubles. */
export function total(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** sum + a·b of the pairs at two addresses. */
export function addProduct(sum: v128, a: usize, b: usize): v128 {
  return f64x2.add(sum, f64x2.mul(v128.load(a), v128.load(b)));
}

/** Σ aᵢ·bᵢ, in four sums that do not wait for each other. */
export function dot(a: usize, b: usize, length: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (const end = a + <usize>length * DOUBLE; a < end; a += 64, b += 64) {
    s0 = addProduct(s0, a, b);
    s1 = addProduct(s1, a + 16, b + 16);
    s2 = addProduct(s2, a + 32, b + 32);
    s3 = addProduct(s3, a + 48, b + 48);
  }
  return total(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)));
}

function addPair(a: usize, b: usize, factor: v128): void {
  v128.store(a, f64x2.add(v128.load(a), f64x2.mul(factor, v128.load(b))));
}

/** a ← a + factor·b. */
export function addTo(a: usize, b: usize, factor: f64, length: i32): void {
  const both = f64x2.splat(factor);
  for (const end = a + <usize>length * DOUBLE; a < end; a += 64, b += 64) {
    addPair(a, b, both);
    addPair(a + 16, b + 16, both);
    addPair(a + 32, b + 32, both);
    addPair(a + 48, b + 48, both);
  }
}
