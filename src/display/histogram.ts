import { checkInterval, checkOptions } from '../core/check.ts';
import { type ChartSize, chartSize } from './chartSize.ts';
import { counted } from './counts.ts';
import { type Figure, figure } from './figure.ts';
import { type BinRule, chooseBins } from './histogram/bins.ts';
import { histogramSpec } from './histogram/chart.ts';
import { countInto } from './histogram/count.ts';
import { momentsOf } from './histogram/moments.ts';
import { leftOut, pooled, type Sample, samplesOf } from './histogram/series.ts';
import { type CountedSeries, histogramText } from './histogram/text.ts';
import { vegaLite } from './vegaLite.ts';

/** Options of `histogram`. */
export interface HistogramOptions extends ChartSize {
  /**
   * A number of bins from 1 to 1000, the edges in rising order, or a rule: 'auto' if left out, 'fd' (Freedman and
   * Diaconis), 'sturges', 'doane', 'scott', 'sqrt', 'rice'.
   */
  bins?: number | BinRule | readonly number[];
  /** Where the bins begin and end; values outside are left out. */
  range?: readonly [number, number];
  /** Bars whose areas add up to 1, so that series of unequal size compare; counts if left out. */
  density?: boolean;
  /** A logarithmic scale of counts; a linear one if left out. */
  log?: boolean;
  title?: string;
  /** The name of the values, below the axis. */
  xTitle?: string;
}

/** A histogram that a notebook shows; `String(…)` draws it as text. */
export interface Histogram extends Figure {
  /** The edges of the bins, one more than there are bins. */
  readonly edges: readonly number[];
  /** How the bins were chosen, in words. */
  readonly rule: string;
  readonly series: readonly CountedSeries[];
}

const optionNames = ['bins', 'range', 'density', 'log', 'title', 'xTitle', 'width', 'height'];

/**
 * A histogram of numbers, or of several series over each other in the same bins.
 *
 * The bins are chosen as numpy chooses them, from all series together; a bin has its lower edge but not its upper
 * one, the last bin has both. With h the width of a bin, n values and q their quartiles:
 *
 *     fd       h = 2 (q₃ − q₁) / n^(1/3)
 *     sturges  h = (max − min) / (log₂ n + 1)
 *     doane    h = (max − min) / (1 + log₂ n + log₂(1 + |skewness| / √(6(n−2) / ((n+1)(n+3)))))
 *     auto     the smaller of sturges and max(fd, (max − min) / (2√n))
 *
 * 'auto' gives whole numbers that span less than 50 a bin each; rules give at most 200 bins. The values are counted
 * here and not in the page: 10⁶ of them cost no more to show than 10.
 *
 * @param data a tensor, a typed array, (nested) arrays or an iterable of numbers; an object or a Map of several
 * @param options `bins`: how many, or how they are chosen; `range`; `density`; `log`: a logarithmic scale of counts;
 *   `title`, `xTitle`, `width`, `height`
 * @returns a displayable chart with the `edges`, the `rule`, and for each of the `series` its `counts`
 * @throws TypeError for what is no number, with its place; ArgumentError for an option that is not allowed
 * @example
 * histogram(tf.randomNormal([1000]));
 * histogram({ train: [1, 2, 2, 3], test: [2, 3, 3, 4] }, { density: true, xTitle: 'length' });
 *
 * D. Freedman, P. Diaconis (1981), On the histogram as a density estimator: L₂ theory, Z. Wahrscheinlichkeitstheorie
 * 57. H. A. Sturges (1926), The choice of a class interval, JASA 21. D. P. Doane (1976), Aesthetic frequency
 * classifications, The American Statistician 30.
 */
export function histogram(data: unknown, options: HistogramOptions = {}): Histogram {
  checkOptions('histogram', options, optionNames);
  const { bins: wanted = 'auto', range, density = false, log = false } = options;
  if (range !== undefined) checkInterval('histogram', 'range', range);
  const size = chartSize('histogram', options);
  const samples = samplesOf(data);
  const bins = chooseBins(pooled(samples), wanted, range);
  const series = samples.map((sample) => countedSeries(sample, countInto(bins, sample.values)));
  const edges = [...bins.edges];
  const notes = notesOf(samples, series);
  const subtitle = [summary(series, edges.length - 1, bins.rule), ...notes].join(' · ');
  const { title = titleOf(samples), xTitle = 'value' } = options;
  const spec = histogramSpec({ edges, series }, { density, log, title, subtitle, xTitle, ...size });
  const text = (): string => histogramText({ edges, series }, `${title}: ${subtitle}`);
  return { ...figure(vegaLite(spec), text), edges, rule: bins.rule, series };
}

function countedSeries({ name, values }: Sample, counts: number[]): CountedSeries {
  const { mean, deviation } = momentsOf(values);
  return { name, counts, total: counts.reduce((sum, count) => sum + count, 0), mean, deviation };
}

function titleOf(samples: readonly Sample[]): string {
  const names = samples.map(({ name }) => name).filter((name) => name !== '');
  return names.length === 0 ? 'Histogram' : `Histogram of ${names.join(', ')}`;
}

function summary(series: readonly CountedSeries[], bins: number, rule: string): string {
  const total = series.reduce((sum, one) => sum + one.total, 0);
  return `${counted(total, 'value')} in ${counted(bins, 'bin')} (${rule})`;
}

function notesOf(samples: readonly Sample[], series: readonly CountedSeries[]): string[] {
  const outside = samples.reduce(
    (sum, { values }, index) => sum + values.length - (series[index]?.total ?? 0),
    0,
  );
  const missing = leftOut(samples);
  return [
    ...(missing === '' ? [] : [missing]),
    ...(outside > 0 ? [`${counted(outside, 'value')} outside of the bins`] : []),
  ];
}
