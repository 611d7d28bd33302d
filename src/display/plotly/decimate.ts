import { countText } from '../../core/text/numbers.ts';
import type { Plain } from '../plain.ts';
import { binnedHistogram, binnedHistogram2d } from './decimate/bins.ts';
import { smallerGrid } from './decimate/grid.ts';
import { longestOf, outlineOf, sampleOf } from './decimate/lines.ts';
import { lengthOf } from './lengths.ts';

/** Of marks that a still picture has: each is an element of a page that is drawn without a browser. */
const manyMarks = 3000;

/** A trace for a still picture, in which so many marks cover each other that fewer look the same. */
export function forStill(trace: Plain): Plain {
  const mode = typeof trace.mode === 'string' ? trace.mode : 'lines';
  if (!mode.includes('lines')) return decimate(trace, '', manyMarks).trace;
  return countIn(trace) > manyMarks ? { ...trace, mode: 'lines' } : trace;
}

/** From here on a page takes its time for a trace, and the notebook grows by megabytes. */
const manyPoints = 20_000;

/** A trace with fewer points that looks the same, and a remark on how it was done. */
export interface Decimated {
  readonly trace: Plain;
  readonly remark?: string;
}

/**
 * Thin a trace of very many points: a line keeps first, lowest, highest and last of each of 2,000 columns, a
 * scatter is sampled, histograms are counted here, a grid is averaged. Other traces stay as they are.
 *
 * @param most how many points may stay
 */
export function decimate(trace: Plain, path: string, most: number = manyPoints): Decimated {
  const type = trace.type ?? 'scatter';
  switch (type) {
    case 'scatter':
    case 'scattergl':
      return decimateScatter(trace, path, most);
    case 'bar':
      return decimateBars(trace, path);
    case 'scatter3d':
    case 'scatterpolar':
    case 'scatterpolargl':
    case 'scatterternary':
    case 'box':
    case 'violin':
      return sampled(trace, path, most);
    case 'histogram':
      return binnedHistogram(trace, path) ?? { trace };
    case 'histogram2d':
    case 'histogram2dcontour':
      return binnedHistogram2d(trace, path) ?? { trace };
    case 'heatmap':
    case 'contour':
    case 'surface':
      return smallerGrid(trace, path) ?? { trace };
    default:
      return { trace };
  }
}

function countIn(trace: Plain): number {
  return Math.max(0, ...['x', 'y', 'r', 'a'].map((key) => lengthOf(trace[key]) ?? 0));
}

function decimateScatter(trace: Plain, path: string, most: number): Decimated {
  const count = countIn(trace);
  if (count <= most) return { trace };
  const mode = typeof trace.mode === 'string' ? trace.mode : 'lines';
  if (!mode.includes('lines')) return sampled(trace, path, most);
  const kept = outlineOf(trace, count);
  if (!kept) return sampled(trace, path, most);
  return {
    trace: { ...chosen(trace, kept, count), ...placesOf(trace, kept) },
    remark: `${path} is drawn with ${countText(kept.length)} of its ${countText(count)} points: first, lowest, highest and last of each column`,
  };
}

function decimateBars(trace: Plain, path: string): Decimated {
  const count = countIn(trace);
  const longest = count > manyPoints ? longestOf(trace, count) : undefined;
  if (!longest) return { trace };
  const { kept, width } = longest;
  return {
    trace: { ...chosen(trace, kept, count), ...placesOf(trace, kept), width },
    remark: `${path} is drawn with ${countText(kept.length)} of its ${countText(count)} bars: the longest of each column`,
  };
}

function sampled(trace: Plain, path: string, most: number): Decimated {
  const count = countIn(trace);
  if (count <= most) return { trace };
  const kept = sampleOf(count, most);
  return {
    trace: { ...chosen(trace, kept, count), ...placesOf(trace, kept) },
    remark: `${path} is drawn with a sample of ${countText(kept.length)} of its ${countText(count)} points`,
  };
}

/** The same choice of every list that has an element for each point. */
function chosen(holder: Plain, kept: readonly number[], count: number): Plain {
  return Object.fromEntries(
    Object.entries(holder).map(([key, value]) => {
      if (lengthOf(value) === count) return [key, elementsOf(value, kept)];
      const isHolder = typeof value === 'object' && value !== null && lengthOf(value) === undefined;
      return [key, isHolder ? chosen(value as Plain, kept, count) : value];
    }),
  );
}

/** Of the same type: numbers of 32 bits are written shorter. */
function elementsOf(list: unknown, kept: readonly number[]): unknown {
  const elements = kept.map((at) => (list as number[])[at] ?? null);
  return list instanceof Float32Array ? Float32Array.from(elements, (one) => one ?? Number.NaN) : elements;
}

/** The places of points that have none of their own: Plotly counts them. */
function placesOf({ type = 'scatter', x, y, x0 = 0, dx = 1 }: Plain, kept: readonly number[]): Plain {
  const isCounted =
    x === undefined && y !== undefined && ['scatter', 'scattergl', 'bar'].includes(String(type));
  if (!isCounted || typeof x0 !== 'number' || typeof dx !== 'number') return {};
  return { x: kept.map((at) => x0 + at * dx) };
}
