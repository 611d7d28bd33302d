/** A curve has at most this many points in the page. */
export const maxPoints = 500;

/**
 * Positions of the points that stay: of each stretch the first, the lowest, the highest and the last, so that
 * peaks stay what they are.
 */
export function thinned(values: readonly number[]): number[] {
  if (values.length <= maxPoints) return values.map((_, index) => index);
  const stretches = maxPoints / 4;
  const kept = new Set<number>();
  for (let stretch = 0; stretch < stretches; stretch++) {
    const first = Math.round((stretch * values.length) / stretches);
    const last = Math.round(((stretch + 1) * values.length) / stretches) - 1;
    let [low, high] = [first, first];
    for (let index = first; index <= last; index++) {
      if (values[index]! < values[low]! || Number.isNaN(values[low])) low = index;
      if (values[index]! > values[high]! || Number.isNaN(values[high])) high = index;
    }
    for (const index of [first, low, high, last]) kept.add(index);
  }
  return [...kept].sort((a, b) => a - b);
}
