/** Σ aᵢ·bᵢ from the `from`-th on, in four partial sums. */
export function dot(a: Float64Array, b: Float64Array, from = 0): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const end = a.length;
  let i = from;
  for (; i + 3 < end; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < end; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}

/** a ← a + factor·b from the `from`-th on. */
export function addTo(a: Float64Array, b: Float64Array, factor: number, from = 0): void {
  for (let i = from; i < a.length; i++) a[i]! += factor * b[i]!;
}

/** The mean, with the rounding of a first sum put right by a second. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const first = sum / values.length;
  let rest = 0;
  for (const value of values) rest += value - first;
  return first + rest / values.length;
}

export const norm = (values: Float64Array, from = 0): number => Math.sqrt(dot(values, values, from));
