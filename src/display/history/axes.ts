// What Vega-Lite's own axes would tell wrongly.

/** Up to this distance of the first epoch from the last each has a mark on its axis. */
const markedUpTo = 8;

type WholeMarks = { format: string; values: number[] } | { format: string; tickMinStep: number };

/**
 * Of few epochs each has a mark: there would be some between them, which `tickMinStep` does not prevent. With it,
 * and the format `d` brings it, every other one of the marks would be left out.
 */
export function wholeMarks(epochs: readonly number[]): WholeMarks {
  const [first, last] = [Math.ceil(Math.min(...epochs)), Math.floor(Math.max(...epochs))];
  if (!(last >= first && last - first <= markedUpTo)) return { format: 'd', tickMinStep: 1 };
  return { format: '.0f', values: Array.from({ length: last - first + 1 }, (_, i) => first + i) };
}

/** A value that never changes has no scale of its own: the axis would name it 0. */
export function roomAround(values: readonly number[]): { domain?: [number, number] } {
  const [value] = values;
  if (value === undefined || values.some((other) => other !== value)) return {};
  const ends = value === 0 ? [-1, 1] : [0.9 * value, 1.1 * value];
  return { domain: [Math.min(...ends), Math.max(...ends)] };
}
