const BARS = '▁▂▃▄▅▆▇█';

/** A row of values as bars of eight heights, from the lowest to the highest; a gap where there is no number. */
export function sparkline(values: readonly number[], width = 30): string {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const span = high - low;
  const count = Math.min(width, values.length);
  return Array.from({ length: count }, (_, i) => {
    const value = values[count < 2 ? 0 : Math.round((i * (values.length - 1)) / (count - 1))]!;
    if (!Number.isFinite(value)) return ' ';
    return BARS[span > 0 ? Math.round(((value - low) / span) * (BARS.length - 1)) : 0];
  }).join('');
}
