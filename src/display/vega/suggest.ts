/** The allowed name that is at most two typing mistakes away. */
export function nearest(name: string, allowed: readonly string[]): string | undefined {
  const limit = name.length <= 4 ? 1 : 2;
  const distances = allowed.map(
    (other) => [distance(name.toLowerCase(), other.toLowerCase()), other] as const,
  );
  const [best] = distances.sort(([one], [two]) => one - two);
  return best && best[0] <= limit ? best[1] : undefined;
}

/** The end of an error message: what was probably meant, or else all that is allowed. */
export function allowedText(value: unknown, allowed: readonly string[]): string {
  const meant = typeof value === 'string' ? nearest(value, allowed) : undefined;
  return meant ? `did you mean '${meant}'?` : `allowed are ${allowed.join(', ')}`;
}

/** Levenshtein's distance, in which two letters that changed places are one mistake. */
function distance(one: string, two: string): number {
  let before: number[] = [];
  let row = Array.from({ length: two.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= two.length; j++) {
      const replace = (row[j - 1] ?? 0) + (one[i - 1] === two[j - 1] ? 0 : 1);
      let least = Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const isSwap = i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1];
      if (isSwap) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row[two.length] ?? 0;
}
