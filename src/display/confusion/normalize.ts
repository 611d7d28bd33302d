/** What the cells of a matrix are shares of. */
export type Normalization = 'true' | 'pred' | 'all';

/** Shares of rows, of columns or of all; 0 where there is nothing to share. */
export function normalized(
  counts: readonly (readonly number[])[],
  by: Normalization,
): readonly (readonly number[])[] {
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columns = counts.map((_, column) => counts.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  const all = rows.reduce((sum, count) => sum + count, 0);
  return counts.map((row, r) =>
    row.map((count, c) => {
      const whole = by === 'true' ? rows[r]! : by === 'pred' ? columns[c]! : all;
      return whole > 0 ? count / whole : 0;
    }),
  );
}

/** The share of samples on the diagonal; NaN without samples. */
export function accuracyOf(counts: readonly (readonly number[])[]): number {
  let [right, all] = [0, 0];
  for (const [r, row] of counts.entries()) {
    for (const [c, count] of row.entries()) {
      all += count;
      if (r === c) right += count;
    }
  }
  return right / all;
}
