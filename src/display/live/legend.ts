import { escapeHtml } from '../markup/values.ts';
import type { Metric } from './metric.ts';
import type { Panel } from './panel.ts';
import { shortNumber } from './scale.ts';

/** A dashed line is validation. */
export const DASH: readonly number[] = [5, 4];
/** The height of a line of a legend, in pixels. */
export const LEGEND_LINE = 18;
const CHARACTER = 6.9;

/** How the line of a metric is dashed, as an attribute of SVG. */
export function dashOf({ isValidation }: Metric): string {
  return isValidation ? ` stroke-dasharray='${DASH.join(' ')}'` : '';
}

/** A metric with its last value, as the legend has it. */
export function legendText({ name, last, failures }: Metric): string {
  const [first] = failures;
  if (last === undefined) return name;
  if (!first) return `${name} ${shortNumber(last)}`;
  if (!Number.isFinite(last)) return `${name} ${last}, first at ${shortNumber(first.x)}`;
  return `${name} ${shortNumber(last)}, ${first.value} at ${shortNumber(first.x)}`;
}

/** The legend above a panel of that width, as SVG, and its number of lines. */
export function legendOf(
  panel: Panel,
  colours: ReadonlyMap<string, string>,
  width: number,
): { markup: string; lines: number } {
  let [x, line] = [0, 0];
  const items = panel.metrics.map((metric) => {
    const text = legendText(metric);
    const size = 30 + text.length * CHARACTER + 12;
    if (x > 0 && x + size > width) [x, line] = [0, line + 1];
    const y = line * LEGEND_LINE + 10;
    const colour = colours.get(metric.base)!;
    const item = `<path d='M${x} ${y - 4}h22' stroke='${colour}' stroke-width='2'${dashOf(metric)}/><text x='${x + 28}' y='${y}'>${escapeHtml(text)}</text>`;
    x += size;
    return item;
  });
  return { markup: items.join(''), lines: line + 1 };
}
