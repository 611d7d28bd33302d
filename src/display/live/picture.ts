import { escapeHtml } from '../markup/values.ts';
import { seriesColours } from '../seriesColours.ts';
import type { ThemeTokens } from '../theme/presets.ts';
import { themeTokens } from '../theme.ts';
import { dashOf, LEGEND_LINE, legendOf } from './legend.ts';
import type { Metric } from './metric.ts';
import type { Panel } from './panel.ts';
import { type Places, pathOf } from './path.ts';
import { placeOf, type Scale } from './scale.ts';
import type { Point } from './series.ts';

/** All that is drawn of a chart. */
export interface Drawn {
  readonly title: string;
  readonly panels: readonly Panel[];
  /** What the axis below counts: `epoch` or `step`. */
  readonly axis: string;
  readonly logScale: boolean;
}

/** Points are marked where there are no more of them than this. */
export const FEW = 20;
/** How much of a line that is smoothed is left as it came. */
export const FAINT = 0.25;

/** How large each panel's plotting area is, and how many stand in a row. */
export function layoutOf(count: number): { width: number; height: number; columns: number } {
  return count < 2 ? { width: 480, height: 240, columns: 1 } : { width: 320, height: 200, columns: 2 };
}

/** The colour of every metric: training and validation of one have the same. */
export function coloursOf(panels: readonly Panel[]): Map<string, string> {
  const bases = [...new Set(panels.flatMap(({ metrics }) => metrics.map(({ base }) => base)))];
  const colours = seriesColours(bases);
  return new Map(bases.map((base, i) => [base, colours[i] ?? '#0072b2']));
}

const SIDE = 16;
const LEFT = 62;
const BELOW = 44;

/**
 * A chart as SVG, in some hundred microseconds: what Vega would draw of it, but for a run that goes on. Lines
 * are relative and in whole pixels, which keeps a picture at a few kilobytes.
 */
export function drawPicture(drawn: Drawn): { svg: string; width: number; height: number } {
  const tokens = themeTokens();
  const colours = coloursOf(drawn.panels);
  const { width, height, columns } = layoutOf(drawn.panels.length);
  const legends = drawn.panels.map((panel) => legendOf(panel, colours, width));
  const lines = Math.max(1, ...legends.map((legend) => legend.lines));
  const cell = { width: LEFT + width + SIDE, height: lines * LEGEND_LINE + 10 + height + BELOW };
  const above = drawn.title === '' ? 8 : 34;
  const parts = drawn.panels.map((panel, i) => {
    const x = (i % columns) * cell.width + LEFT;
    const y = above + Math.floor(i / columns) * cell.height + lines * LEGEND_LINE + 10;
    const body = panelOf(panel, drawn, { colours, tokens, width, height });
    const legend = `<g transform='translate(0 ${-lines * LEGEND_LINE - 4})'>${legends[i]!.markup}</g>`;
    return `<g transform='translate(${x} ${y})'>${legend}${body}</g>`;
  });
  const rows = Math.max(1, Math.ceil(drawn.panels.length / columns));
  const total = {
    width: Math.min(columns, Math.max(1, drawn.panels.length)) * cell.width,
    height: above + rows * cell.height,
  };
  const frame = `<path d='M${LEFT} ${above + 28}v${height}h${width}' fill='none' stroke='${tokens.axis}'/>`;
  const waiting = `${frame}<text x='${LEFT + width / 2}' y='${above + 28 + height / 2}' text-anchor='middle'>waiting for the first values</text>`;
  const svg = [
    `<svg xmlns='http://www.w3.org/2000/svg' width='${total.width}' height='${total.height}'`,
    ` font-family='${escapeHtml(tokens.font)}' font-size='${tokens.fontSize - 1}' fill='${tokens.softForeground}'>`,
    `<rect width='100%' height='100%' fill='${tokens.background}'/>`,
    titleOf(drawn.title, tokens),
    drawn.panels.length === 0 ? waiting : parts.join(''),
    '</svg>',
  ].join('');
  return { svg, ...total };
}

function titleOf(title: string, tokens: ThemeTokens): string {
  if (title === '') return '';
  const font = `font-size='${tokens.fontSize + 2}' font-weight='bold' fill='${tokens.foreground}'`;
  return `<text x='8' y='21' ${font}>${escapeHtml(title)}</text>`;
}

interface Frame {
  readonly colours: ReadonlyMap<string, string>;
  readonly tokens: ThemeTokens;
  readonly width: number;
  readonly height: number;
}

function panelOf(panel: Panel, drawn: Drawn, frame: Frame): string {
  const { tokens, width, height } = frame;
  const [steps, values] = [panel.steps(), panel.values(drawn.logScale)];
  const [left, up] = [placeOf(steps), placeOf(values)];
  const x = (value: number): number => Math.round(2 * width * left(value)) / 2;
  const y = (value: number): number => Math.round(2 * height * (1 - up(value))) / 2;
  const grid = [
    ...values.ticks.map((tick) => `M0 ${y(tick)}h${width}`),
    ...steps.ticks.map((tick) => `M${x(tick)} 0v${height}`),
  ].join('');
  const lines = panel.metrics.map((metric) => metricLines(metric, frame, { x, y, isLog: values.isLog }));
  const below = `<text x='${width / 2}' y='${height + 36}' text-anchor='middle'`;
  const aside = `<text transform='rotate(-90)' x='${-height / 2}' y='-48' text-anchor='middle'`;
  const name = `font-size='${tokens.fontSize}' fill='${tokens.foreground}'`;
  return [
    `<path d='${grid}' stroke='${tokens.grid}'/>`,
    `<path d='M0 0v${height}h${width}' fill='none' stroke='${tokens.axis}'/>`,
    labels(values, (tick) => `x='-7' y='${y(tick) + 4}' text-anchor='end'`),
    labels(steps, (tick) => `x='${x(tick)}' y='${height + 17}' text-anchor='middle'`),
    `${below} ${name}>${escapeHtml(drawn.axis)}</text>${aside} ${name}>${escapeHtml(panel.title)}</text>`,
    ...lines,
  ].join('');
}

function labels({ ticks, labels: texts }: Scale, at: (tick: number) => string): string {
  return ticks.map((tick, i) => `<text ${at(tick)}>${texts[i]}</text>`).join('');
}

function metricLines(metric: Metric, { colours, height }: Frame, places: Places): string {
  const colour = colours.get(metric.base)!;
  const dash = dashOf(metric);
  const stroke = `fill='none' stroke='${colour}' stroke-linejoin='round'`;
  const raw = metric.raw.points();
  const shown = metric.smooth ? metric.smooth.points() : raw;
  const faint = metric.smooth ? `<path d='${pathOf(raw, places)}' ${stroke} opacity='${FAINT}'/>` : '';
  const line = `<path d='${pathOf(shown, places)}' ${stroke} stroke-width='2'${dash}/>`;
  const dots = shown.length > FEW ? '' : shown.map((point) => dot(point, colour, places)).join('');
  const [failure] = metric.failures;
  if (!failure) return faint + line + dots;
  const at = places.x(failure.x);
  const mark = `<path d='M${at} 0v${height}' stroke='${colour}' stroke-dasharray='2 3'/>`;
  const name = `<text x='${at - 4}' y='11' text-anchor='end' fill='${colour}'>${failure.value}</text>`;
  return faint + line + dots + mark + name;
}

function dot({ x, y }: Point, colour: string, places: Places): string {
  if (places.isLog && y <= 0) return '';
  return `<circle cx='${places.x(x)}' cy='${places.y(y)}' r='2.5' fill='${colour}'/>`;
}
