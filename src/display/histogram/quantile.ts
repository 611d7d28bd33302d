/**
 * Values below which shares of all lie, between two values in proportion, as numpy's `quantile` has them. The
 * values are put into another order.
 */
export function quantiles(values: Float64Array, shares: readonly number[]): number[] {
  return shares.map((share) => {
    const at = share * (values.length - 1);
    const below = Math.floor(at);
    const low = select(values, below);
    const high = least(values, below + 1) ?? low;
    const t = at - below;
    // From the nearer end, so that the result never leaves the two.
    return t < 0.5 ? low + (high - low) * t : high - (high - low) * (1 - t);
  });
}

/** Hoare's selection: the value that would be at `k` if all were sorted; larger ones are behind it then. */
function select(values: Float64Array, k: number): number {
  let [left, right] = [0, values.length - 1];
  while (left < right) {
    const pivot = median(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let [i, j] = [left, right];
    while (i <= j) {
      while (values[i]! < pivot) i += 1;
      while (values[j]! > pivot) j -= 1;
      if (i > j) break;
      const kept = values[i]!;
      values[i++] = values[j]!;
      values[j--] = kept;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k] ?? Number.NaN;
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function least(values: Float64Array, from: number): number | undefined {
  let found: number | undefined;
  for (let index = from; index < values.length; index++) {
    if (found === undefined || values[index]! < found) found = values[index]!;
  }
  return found;
}
