import { shortText } from '../inspect.ts';
import type { Plain } from '../plain.ts';

const xy = ['scatter', 'scattergl', 'bar', 'funnel', 'waterfall'];
/** Members of one length, by type: Plotly leaves out silently what has no partner. */
const groups: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(xy.map((type) => [type, ['x', 'y']])),
  scatter3d: ['x', 'y', 'z'],
  mesh3d: ['x', 'y', 'z'],
  scatterpolar: ['r', 'theta'],
  scatterpolargl: ['r', 'theta'],
  barpolar: ['r', 'theta'],
  scatterternary: ['a', 'b', 'c'],
  scattergeo: ['lat', 'lon'],
  scattermap: ['lat', 'lon'],
  candlestick: ['x', 'open', 'high', 'low', 'close'],
  ohlc: ['x', 'open', 'high', 'low', 'close'],
  pie: ['labels', 'values'],
  funnelarea: ['labels', 'values'],
  histogram2d: ['x', 'y'],
  histogram2dcontour: ['x', 'y'],
};

/** The number of elements of a list or a typed array; undefined for anything else. */
export function lengthOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return ArrayBuffer.isView(value) ? (value as Float64Array).length : undefined;
}

/** Throws a TypeError for what should be a list: Plotly would show nothing. */
function checkLists(trace: Plain, type: string, path: string): void {
  for (const key of groups[type] ?? []) {
    const value = trace[key];
    if (['number', 'string', 'boolean'].includes(typeof value)) {
      throw new TypeError(`plotly: ${path}.${key} is ${shortText(value)}; allowed is a list of values`);
    }
  }
}

/** Throws a RangeError for lists of a trace that belong together and differ in length. */
export function checkLengths(trace: Plain, type: string, path: string): void {
  checkLists(trace, type, path);
  const lengths = (groups[type] ?? []).flatMap((key) => {
    const value = trace[key];
    // Categories of two levels are two lists.
    const first: unknown = Array.isArray(value) ? value[0] : undefined;
    const length = lengthOf(first) ?? lengthOf(value);
    return length === undefined ? [] : [{ key, length }];
  });
  if (new Set(lengths.map(({ length }) => length)).size <= 1) return;
  const sizes = lengths.map(({ key, length }) => `${key} has ${length}`).join(', ');
  throw new RangeError(`plotly: the lists of ${path} differ in length: ${sizes}; allowed are equal lengths`);
}
