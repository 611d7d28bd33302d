/**
 * A weighted mean around each value, `sᵢ = Σⱼ β^|i−j|·xⱼ / Σⱼ β^|i−j|`: unlike a running mean it does not lag, which
 * would move a fall to larger rates than it happens at.
 */
export function smooth(values: readonly number[], beta: number): number[] {
  const count = values.length;
  const sums = new Float64Array(count);
  const weights = new Float64Array(count);
  const sweep = (order: readonly number[], own: number): void => {
    let [sum, weight] = [0, 0];
    for (const i of order) {
      sums[i]! += sum + own * values[i]!;
      weights[i]! += weight + own;
      [sum, weight] = [beta * (sum + values[i]!), beta * (weight + 1)];
    }
  };
  const forward = values.map((_, i) => i);
  sweep(forward, 1);
  sweep(forward.toReversed(), 0);
  return Array.from(sums, (sum, i) => sum / weights[i]!);
}

/** Of values at equal distances: the place of the least one. */
export const lowestOf = (values: readonly number[]): number => values.indexOf(Math.min(...values));

/** The share of values at the beginning where a fall is most often the noise of the first batches. */
const UNSETTLED = 0.1;

/**
 * Of values at equal distances: where they fall fastest before the least of them, by central differences; in the first
 * tenth only if they fall nowhere else.
 *
 * @returns undefined where they never fall
 */
export function steepestOf(values: readonly number[]): number | undefined {
  const slopes = values.map((_, i) => {
    const [low, high] = [Math.max(0, i - 1), Math.min(values.length - 1, i + 1)];
    return high > low ? (values[high]! - values[low]!) / (high - low) : 0;
  });
  const before = slopes.slice(0, lowestOf(values) + 1);
  const least = (from: number): number | undefined => {
    const slope = Math.min(0, ...before.slice(from));
    return slope < 0 ? before.indexOf(slope, from) : undefined;
  };
  return least(Math.floor(values.length * UNSETTLED)) ?? least(0);
}
