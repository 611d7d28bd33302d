import type { Plain } from '../../plain.ts';
import { lengthOf } from '../lengths.ts';

/** Twice as many as a wide chart has pixels. */
const columns = 2000;

/**
 * The points of a line that are its outline; undefined where it turns back in x, or x is no number.
 */
export function outlineOf(trace: Plain, count: number): number[] | undefined {
  const y = trace.y as ArrayLike<unknown> | undefined;
  if (lengthOf(y) !== count || !y) return undefined;
  const x = positions(trace.x as ArrayLike<unknown> | undefined, count);
  if (!x) return undefined;
  const [from, to] = [x[0] ?? 0, x[count - 1] ?? 0];
  const width = (to - from) / columns || 1;
  const kept: number[] = [];
  for (let start = 0; start < count; ) {
    const column = Math.floor(((x[start] ?? 0) - from) / width);
    let [end, low, high] = [start + 1, start, start];
    while (end < count && Math.floor(((x[end] ?? 0) - from) / width) === column) {
      const value = Number(y[end]);
      if (!(value >= Number(y[low]))) low = end;
      if (!(value <= Number(y[high]))) high = end;
      end++;
    }
    kept.push(...new Set([start, Math.min(low, high), Math.max(low, high), end - 1]));
    start = end;
  }
  return kept;
}

/** The longest bar of each column, and its width; undefined where bars are not in order, or x is no number. */
export function longestOf(trace: Plain, count: number): { kept: number[]; width: number } | undefined {
  const y = trace.y as ArrayLike<unknown> | undefined;
  if (lengthOf(y) !== count || !y || trace.orientation === 'h') return undefined;
  const x = positions(trace.x as ArrayLike<unknown> | undefined, count);
  if (!x) return undefined;
  const [from, to] = [x[0] ?? 0, x[count - 1] ?? 0];
  const width = (to - from) / columns || 1;
  const kept: number[] = [];
  let last = -1;
  for (let at = 0; at < count; at++) {
    const column = Math.floor(((x[at] ?? 0) - from) / width);
    if (column > last) kept.push(at);
    else if (Math.abs(Number(y[at])) > Math.abs(Number(y[kept.at(-1) ?? 0]))) kept[kept.length - 1] = at;
    last = column;
  }
  return { kept, width };
}

/** Increasing numbers: of x itself, of its dates, or of its order. */
function positions(x: ArrayLike<unknown> | undefined, count: number): Float64Array | undefined {
  const numbers = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const value = x === undefined ? at : x[at];
    const number = typeof value === 'string' ? Date.parse(value) : Number(value ?? Number.NaN);
    if (!(number >= (numbers[at - 1] ?? Number.NEGATIVE_INFINITY))) return undefined;
    numbers[at] = number;
  }
  return numbers;
}

/** Indices of a sample, in order: the same for the same count. */
export function sampleOf(count: number, size: number): number[] {
  const kept: number[] = [];
  let state = 0x9e3779b9;
  for (let at = 0; at < count; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // Each of the rest with the probability that fills the sample.
    if ((state / 2 ** 32) * (count - at) < size - kept.length) kept.push(at);
  }
  return kept;
}
