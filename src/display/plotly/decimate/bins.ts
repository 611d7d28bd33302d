import { countText } from '../../../core/text/numbers.ts';
import { isPlain, type Plain } from '../../plain.ts';
import type { Decimated } from '../decimate.ts';
import { lengthOf } from '../lengths.ts';

const manyValues = 20_000;
const mostBins = 100;

interface Bins {
  readonly start: number;
  readonly size: number;
  readonly count: number;
}

/** A histogram of many numbers, counted here: it gets the bins and their counts. */
export function binnedHistogram(trace: Plain, path: string): Decimated | undefined {
  const axis = trace.x === undefined ? 'y' : 'x';
  const other = axis === 'x' ? 'y' : 'x';
  const values = numbersOf(trace[axis]);
  if (!values || trace[other] !== undefined || trace.histfunc !== undefined) return undefined;
  const bins = binsOf(values, trace, axis);
  if (!bins) return undefined;
  const counts = new Float64Array(bins.count);
  for (let at = 0; at < values.length; at++) {
    const bin = Math.floor(((values[at] ?? Number.NaN) - bins.start) / bins.size);
    if (bin >= 0 && bin < bins.count) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const filled = Array.from(counts, (_, bin) => bin).filter((bin) => (counts[bin] ?? 0) > 0);
  return {
    trace: {
      ...trace,
      [axis]: filled.map((bin) => centre(bins, bin)),
      [other]: filled.map((bin) => counts[bin]),
      histfunc: 'sum',
      [`${axis}bins`]: edges(bins),
    },
    remark: `${path}: its ${countText(values.length)} values are counted in ${bins.count} bins`,
  };
}

/** The same for two numbers. */
export function binnedHistogram2d(trace: Plain, path: string): Decimated | undefined {
  const [x, y] = [numbersOf(trace.x), numbersOf(trace.y)];
  if (!x || !y || trace.z !== undefined || trace.histfunc !== undefined) return undefined;
  const [across, up] = [binsOf(x, trace, 'x'), binsOf(y, trace, 'y')];
  if (!across || !up) return undefined;
  const counts = new Float64Array(across.count * up.count);
  for (let at = 0; at < x.length; at++) {
    const column = Math.floor(((x[at] ?? Number.NaN) - across.start) / across.size);
    const row = Math.floor(((y[at] ?? Number.NaN) - up.start) / up.size);
    if (!(column >= 0 && column < across.count && row >= 0 && row < up.count)) continue;
    const bin = row * across.count + column;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const filled = Array.from(counts, (_, bin) => bin).filter((bin) => (counts[bin] ?? 0) > 0);
  return {
    trace: {
      ...trace,
      x: filled.map((bin) => centre(across, bin % across.count)),
      y: filled.map((bin) => centre(up, Math.floor(bin / across.count))),
      z: filled.map((bin) => counts[bin]),
      histfunc: 'sum',
      xbins: edges(across),
      ybins: edges(up),
    },
    remark: `${path}: its ${countText(x.length)} values are counted in ${across.count} × ${up.count} bins`,
  };
}

/** Many numbers; undefined for few, and for what is dates or words. */
function numbersOf(value: unknown): ArrayLike<number> | undefined {
  if ((lengthOf(value) ?? 0) <= manyValues) return undefined;
  const list = value as ArrayLike<unknown>;
  if (ArrayBuffer.isView(value)) return value as unknown as ArrayLike<number>;
  for (let at = 0; at < list.length; at++) {
    if (typeof list[at] !== 'number' && list[at] !== null) return undefined;
  }
  return Float64Array.from(list, (one) => (one === null ? Number.NaN : Number(one)));
}

function binsOf(values: ArrayLike<number>, trace: Plain, axis: 'x' | 'y'): Bins | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return undefined;
  const own = trace[`${axis}bins`];
  const given = isPlain(own) ? own : {};
  const most = Number(trace[`nbins${axis}`] ?? mostBins);
  const size = typeof given.size === 'number' ? given.size : roundedSize((high - low) / most || 1);
  const start = typeof given.start === 'number' ? given.start : Math.floor(low / size) * size;
  const end = typeof given.end === 'number' ? given.end : high;
  const count = Math.floor((end - start) / size) + 1;
  return count >= 1 && count <= 100_000 ? { start, size, count } : undefined;
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function roundedSize(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function centre({ start, size }: Bins, bin: number): number {
  return Number((start + (bin + 0.5) * size).toPrecision(12));
}

function edges({ start, size, count }: Bins): Plain {
  return { start, end: Number((start + count * size).toPrecision(12)), size };
}
