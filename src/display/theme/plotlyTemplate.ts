import { themeTokens } from '../theme.ts';
import type { ThemeTokens } from './presets.ts';
import { scaleColours } from './scales.ts';

type Stops = readonly (readonly [number, string])[];
type Part = Readonly<Record<string, unknown>>;

/** A Plotly template: what goes into `layout.template`. */
export interface PlotlyTemplate {
  readonly layout: Part & {
    readonly font: Part;
    readonly colorway: readonly string[];
    readonly colorscale: { readonly [name in 'sequential' | 'sequentialminus' | 'diverging']: Stops };
    /** Of the whole figure with its margins, so that the plotting area has the theme's size. */
    readonly width: number;
    readonly height: number;
  };
  /** Defaults of traces by type. */
  readonly data: Readonly<Record<string, readonly Part[]>>;
}

/** As wide as labels, titles and a legend usually need; Plotly widens what is too narrow. */
const margin = { l: 64, r: 24, t: 48, b: 56, pad: 0 };
const withScale = 'contour heatmap histogram2d histogram2dcontour surface choropleth'.split(' ');

/** The theme as a Plotly template, which looks like the Vega-Lite config of the same theme. */
export function plotlyTemplate(): PlotlyTemplate {
  const tokens = themeTokens();
  const sequential = stopsOf(scaleColours(tokens.sequential));
  const diverging = stopsOf(scaleColours(tokens.diverging));
  const background = tokens.background === 'transparent' ? 'rgba(0, 0, 0, 0)' : tokens.background;
  const colorbar = { outlinewidth: 0, thickness: 14, ticks: 'outside', tickcolor: tokens.axis };
  return {
    layout: {
      width: tokens.width + margin.l + margin.r,
      height: tokens.height + margin.t + margin.b,
      margin,
      ...fontsOf(tokens),
      paper_bgcolor: background,
      plot_bgcolor: background,
      colorway: tokens.colors,
      colorscale: { sequential, sequentialminus: sequential.toReversed().map(mirrored), diverging },
      coloraxis: { colorbar },
      xaxis: axisOf(tokens),
      yaxis: axisOf(tokens),
      bargap: 0.1,
      hovermode: 'closest',
    },
    data: {
      ...Object.fromEntries(withScale.map((type) => [type, [{ colorscale: sequential, colorbar }]])),
      scatter: [{ line: { width: 2 }, marker: { size: 7 } }],
      bar: [{ marker: { line: { width: 0 } } }],
    },
  };
}

function fontsOf({ font, fontSize, foreground, softForeground }: ThemeTokens): { font: Part } & Part {
  const small = { family: font, size: fontSize - 1, color: softForeground };
  return {
    font: { family: font, size: fontSize, color: foreground },
    title: {
      font: { family: font, size: fontSize + 2, color: foreground, weight: 'bold' },
      x: 0,
      xref: 'paper',
      xanchor: 'left',
    },
    legend: { font: small, title: { font: { family: font, size: fontSize, color: foreground } } },
    annotationdefaults: { font: small, arrowcolor: softForeground },
    hoverlabel: { font: { family: font, size: fontSize } },
  };
}

function axisOf({ font, fontSize, foreground, softForeground, axis, grid }: ThemeTokens): Part {
  return {
    automargin: true,
    showgrid: true,
    gridcolor: grid,
    zeroline: false,
    showline: true,
    linecolor: axis,
    ticks: 'outside',
    ticklen: 5,
    tickcolor: axis,
    tickfont: { family: font, size: fontSize - 1, color: softForeground },
    title: { font: { family: font, size: fontSize, color: foreground }, standoff: 8 },
  };
}

function stopsOf(colours: readonly string[]): [number, string][] {
  return colours.map((colour, index) => [index / (colours.length - 1), colour]);
}

function mirrored([at, colour]: [number, string]): [number, string] {
  return [1 - at, colour];
}
