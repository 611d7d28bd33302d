// Arithmetic on vectors of numbers in double precision.

/** Σ aᵢ·bᵢ */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** √Σ aᵢ², also where the squares overflow or underflow. */
export function norm(a: Float64Array): number {
  const largest = maxAbs(a);
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** max |aᵢ|; NaN where one is. */
export function maxAbs(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const size = Math.abs(a[i]!);
    if (!(size <= largest)) largest = size;
    if (Number.isNaN(largest)) return largest;
  }
  return largest;
}

/** out ← a + s·b */
export function addScaled(out: Float64Array, a: Float64Array, s: number, b: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + s * b[i]!;
}

/** out ← a − b */
export function subtract(out: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
}

/** out ← s·a */
export function scale(out: Float64Array, s: number, a: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = s * a[i]!;
}
