/** What the rules for bins, and a reader, ask of values. */
export interface Moments {
  readonly count: number;
  readonly least: number;
  readonly largest: number;
  readonly mean: number;
  /** The standard deviation of the values themselves: the mean over n, not n − 1. */
  readonly deviation: number;
  /** The mean of ((x − mean) / deviation)³. */
  readonly skewness: number;
  /** All are whole numbers. */
  readonly isWhole: boolean;
}

export function momentsOf(values: Float64Array): Moments {
  const count = values.length;
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let sum = 0;
  let isWhole = count > 0;
  for (const value of values) {
    sum += value;
    if (value < least) least = value;
    if (value > largest) largest = value;
    if (isWhole && !Number.isInteger(value)) isWhole = false;
  }
  const mean = sum / count;
  let [squares, cubes] = [0, 0];
  for (const value of values) {
    const d = value - mean;
    squares += d * d;
    cubes += d * d * d;
  }
  const deviation = Math.sqrt(squares / count);
  return { count, least, largest, mean, deviation, skewness: cubes / count / deviation ** 3, isWhole };
}
