import { sparkline } from '../sparkline.ts';
import { legendText } from './legend.ts';
import type { Metric } from './metric.ts';

/** A chart as lines of text: the last value of each metric, and its course. */
export function chartText(
  title: string,
  axis: string,
  at: number | undefined,
  metrics: readonly Metric[],
): string {
  const where = at === undefined ? 'waiting for the first values' : `${axis} ${Number(at.toPrecision(6))}`;
  const head = title === '' ? where : `${title}, ${where}`;
  const names = metrics.map(legendText);
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = metrics.map((metric, i) => {
    const values = metric.line.points().map(({ y }) => y);
    return `${names[i]!.padEnd(width)}  ${sparkline(values)}`.trimEnd();
  });
  return [head, ...lines].join('\n');
}
