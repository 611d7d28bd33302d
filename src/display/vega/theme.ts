import { plainText } from '../inspect.ts';

/** Defaults of charts: a Vega-Lite config. */
export type ChartTheme = Readonly<Record<string, unknown>>;

/** Okabe and Ito's palette without black; the pale yellow comes last. */
const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#7F7F7F', '#F0E442'];
const ink = '#222222';
const softInk = '#444444';
const axisLine = '#888888';
const font = 'DejaVu Sans, Verdana, sans-serif';

/**
 * The background is white on purpose: no one colour of text and lines is legible on white and on black, and
 * a chart must look the same in a light and in a dark notebook.
 */
const builtIn: ChartTheme = {
  background: '#ffffff',
  padding: 8,
  font,
  view: { stroke: null, continuousWidth: 480, continuousHeight: 300, discreteHeight: { step: 24 } },
  title: {
    anchor: 'start',
    fontSize: 14,
    subtitleFontSize: 12,
    color: ink,
    subtitleColor: softInk,
    offset: 12,
  },
  axis: {
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelColor: softInk,
    titleColor: ink,
    labelLimit: 260,
    labelFlush: false,
    labelSeparation: 4,
    titlePadding: 8,
    gridColor: '#e9e9e9',
    domainColor: axisLine,
    tickColor: axisLine,
  },
  legend: {
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelColor: softInk,
    titleColor: ink,
    labelLimit: 300,
    titleLimit: 300,
    symbolStrokeWidth: 2,
  },
  header: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelColor: ink,
    titleColor: ink,
  },
  facet: { columns: 3 },
  mark: { color: palette[0] },
  line: { strokeWidth: 2 },
  trail: { color: palette[0] },
  point: { filled: true, size: 40 },
  rule: { color: softInk },
  text: { color: ink, fontSize: 11 },
  range: {
    category: palette,
    heatmap: { scheme: 'viridis' },
    ramp: { scheme: 'viridis' },
    diverging: { scheme: 'blueorange' },
  },
};

let chosen: ChartTheme = {};

/** Replace the user's own defaults. */
export function setTheme(config: ChartTheme): void {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new TypeError(
      `display.theme: the config is ${plainText(config)}; allowed is a Vega-Lite config object`,
    );
  }
  chosen = structuredClone(config);
}

/** The config of a chart: the built-in theme, under the user's, under the chart's own. */
export function chartConfig(own: unknown, isComposed: boolean): ChartTheme {
  const size = isComposed ? { view: { continuousWidth: 240, continuousHeight: 180 } } : {};
  return [size, chosen, own].reduce<ChartTheme>((under, over) => merge(under, over), builtIn);
}

function merge(under: ChartTheme, over: unknown): ChartTheme {
  if (!isPlain(over)) return under;
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const base = merged[key];
    merged[key] = isPlain(base) && isPlain(value) ? merge(base, value) : value;
  }
  return merged;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
