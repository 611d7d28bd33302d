import { countText } from '../../core/text/numbers.ts';
import { shortNumber } from '../figure.ts';
import { cutToWidth, terminalWidth } from '../terminal.ts';

/** One series, counted. */
export interface CountedSeries {
  /** Empty for the only one. */
  readonly name: string;
  /** How many values lie in each bin. */
  readonly counts: readonly number[];
  /** How many values were counted: those within the range. */
  readonly total: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Series counted into the same bins. */
export interface Binned {
  readonly edges: readonly number[];
  readonly series: readonly CountedSeries[];
}

const maxLines = 20;
const barWidth = 40;
const eighths = ' ▏▎▍▌▋▊▉';

/** A histogram of bars that lie, for a console: neighbouring bins are put together where there are many. */
export function histogramText({ edges, series }: Binned, title: string): string {
  const size = Math.ceil((edges.length - 1) / maxLines);
  const bins = Array.from({ length: Math.ceil((edges.length - 1) / size) }, (_, index) => index * size);
  const labels = bins.map((bin) => {
    const end = Math.min(bin + size, edges.length - 1);
    return binLabel(edges[bin]!, edges[end]!);
  });
  const width = labels.reduce((widest, label) => Math.max(widest, label.length), 0);
  const blocks = series.map(({ name, counts, mean, deviation, total }) => {
    const sums = bins.map((bin) => counts.slice(bin, bin + size).reduce((sum, count) => sum + count, 0));
    const most = Math.max(1, ...sums);
    const lines = sums.map((sum, index) => {
      return `${(labels[index] ?? '').padStart(width)} │${bar(sum / most)} ${countText(sum)}`;
    });
    const about = total > 0 ? `mean ${shortNumber(mean)}, sd ${shortNumber(deviation)}` : 'no values';
    return [...(name === '' ? [about] : [`${shorten(name)}: ${about}`]), ...lines].join('\n');
  });
  return [title, ...blocks].join('\n');
}

/** `-1.5 … 2`, and the number alone where a bin is for a single whole one. */
export function binLabel(from: number, to: number): string {
  const middle = from + 0.5;
  if (to - from === 1 && Number.isInteger(middle)) return String(middle);
  return `${shortNumber(from)} … ${shortNumber(to)}`;
}

function shorten(name: string): string {
  return terminalWidth(name) > barWidth ? cutToWidth(name, barWidth) : name;
}

function bar(share: number): string {
  const units = Math.round(share * barWidth * 8);
  const whole = '█'.repeat(units >> 3);
  // A bin with a value in it is not to look empty.
  if (units === 0) return share > 0 ? '▏' : '';
  return units % 8 === 0 ? whole : whole + eighths[units % 8];
}
