import { type Binned, binLabel } from './text.ts';

/** How the bars are measured and placed. */
export interface Look {
  readonly density: boolean;
  readonly log: boolean;
  readonly title: string;
  readonly subtitle: string;
  readonly xTitle: string;
  readonly width?: number;
  readonly height?: number;
}

/** Up to this many bins have a gap between their bars. */
const gapUpTo = 80;

/** The Vega-Lite spec of a histogram: bars, and outlines where there are several series. */
export function histogramSpec({ edges, series }: Binned, look: Look): object {
  const isSeveral = series.length > 1;
  const field = look.density ? 'density' : 'count';
  const rows = rowsOf({ edges, series }, look);
  const shown = look.log ? rows.filter((row) => row.count > 0) : rows;
  const floor = look.log ? logFloor(shown.map((row) => row[field] ?? 0)) : 0;
  const y = yEncoding(look, field, floor);
  const whole = areWhole(edges) ? { axis: { tickMinStep: 1 } } : {};
  const bars = {
    data: { values: shown },
    mark: {
      type: 'bar',
      binSpacing: edges.length - 1 > gapUpTo ? 0 : 1,
      ...(isSeveral ? { opacity: 0.45 } : {}),
    },
    encoding: {
      x: {
        ...{ field: 'from', bin: 'binned', type: 'quantitative', title: look.xTitle, scale: { zero: false } },
        ...whole,
      },
      x2: { field: 'to' },
      y,
      ...(look.log ? { y2: { datum: floor } } : {}),
      ...(isSeveral ? { color: colour() } : {}),
      tooltip: tooltip(isSeveral, look.density),
    },
  };
  const size = {
    ...(look.width === undefined ? {} : { width: look.width }),
    ...(look.height === undefined ? {} : { height: look.height }),
  };
  const title = { text: look.title, subtitle: look.subtitle };
  if (!isSeveral) return { title, ...size, ...bars };
  return { title, ...size, layer: [bars, outline({ edges, series }, look, y, floor)] };
}

/** Whether each bin is around a whole number. */
function areWhole(edges: readonly number[]): boolean {
  return edges.every((edge, bin) => Number.isInteger(edge + 0.5) && edge === edges[0]! + bin);
}

interface Row {
  readonly count: number;
  readonly density?: number;
}

function rowsOf({ edges, series }: Binned, look: Look): Row[] {
  return series.flatMap(({ name, counts, total }) =>
    counts.map((count, bin) => {
      const [from, to] = [edges[bin]!, edges[bin + 1]!];
      const density = total > 0 ? count / total / (to - from) : 0;
      return {
        ...(series.length > 1 ? { series: name } : {}),
        ...{ from, to, bin: binLabel(from, to), count, share: count / (total || 1) },
        ...(look.density ? { density } : {}),
      };
    }),
  );
}

function yEncoding({ density, log }: Look, field: string, floor: number): object {
  const scale = log ? { type: 'log', domainMin: floor } : { zero: true };
  const axis = density || log ? {} : { axis: { tickMinStep: 1 } };
  return { field, type: 'quantitative', stack: null, title: density ? 'density' : 'count', scale, ...axis };
}

/** Bars of a single value are seen as well: the axis begins below them. */
function logFloor(values: readonly number[]): number {
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  return Number.isFinite(least) ? least / 2 : 0.5;
}

function colour(): object {
  return { field: 'series', type: 'nominal', title: null, sort: null };
}

function tooltip(isSeveral: boolean, isDensity: boolean): object[] {
  const quantitative = (field: string, title: string, format: string): object => {
    return { field, title, format, type: 'quantitative' };
  };
  return [
    ...(isSeveral ? [{ field: 'series', type: 'nominal' }] : []),
    { field: 'bin', type: 'nominal', sort: null },
    quantitative('count', 'count', ','),
    quantitative('share', 'share', '.2%'),
    ...(isDensity ? [quantitative('density', 'density', '.4~g')] : []),
  ];
}

/** Steps along the tops of the bars, down to the axis at both ends: bars that overlap stay apart. */
function outline({ edges, series }: Binned, look: Look, y: object, floor: number): object {
  const values = series.flatMap(({ name, counts, total }) => {
    const height = (bin: number): number => {
      const count = counts[bin] ?? 0;
      const value = look.density ? count / (total || 1) / (edges[bin + 1]! - edges[bin]!) : count;
      return count === 0 ? floor : value;
    };
    const field = look.density ? 'density' : 'count';
    const start = { series: name, from: edges[0], [field]: floor, order: 0 };
    const steps = counts.map((_, bin) => ({
      series: name,
      from: edges[bin],
      [field]: height(bin),
      order: bin + 1,
    }));
    const end = { series: name, from: edges.at(-1), [field]: floor, order: counts.length + 1 };
    return [start, ...steps, end];
  });
  return {
    data: { values },
    mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1.5, tooltip: null },
    encoding: {
      x: { field: 'from', type: 'quantitative', title: look.xTitle },
      y,
      color: colour(),
      order: { field: 'order', type: 'quantitative' },
    },
  };
}
