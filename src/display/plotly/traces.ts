import { nearest } from '../../core/nearest.ts';
import { shortText } from '../inspect.ts';
import type { LibraryName } from '../offline/libraries.ts';
import type { Plain } from '../plain.ts';

const basic = ['scatter', 'bar', 'pie'];
const cartesian = [
  ...['box', 'heatmap', 'histogram', 'histogram2d', 'histogram2dcontour', 'contour', 'scatterternary'],
  ...['violin', 'image'],
];
const full = [
  ...['barpolar', 'candlestick', 'carpet', 'choropleth', 'choroplethmap', 'cone', 'contourcarpet'],
  ...['densitymap', 'funnel', 'funnelarea', 'icicle', 'indicator', 'isosurface', 'mesh3d', 'ohlc', 'parcats'],
  ...['parcoords', 'quiver', 'sankey', 'scatter3d', 'scattercarpet', 'scattergeo', 'scattergl', 'scattermap'],
  ...[
    'scatterpolar',
    'scatterpolargl',
    'scattersmith',
    'splom',
    'streamtube',
    'sunburst',
    'surface',
    'table',
  ],
  ...['treemap', 'volume', 'waterfall'],
];

/** The trace types of each library, beside those of the smaller ones. */
export const traceTypes: Readonly<Record<'plotly-basic' | 'plotly-cartesian' | 'plotly', readonly string[]>> =
  { 'plotly-basic': basic, 'plotly-cartesian': cartesian, plotly: full };

const all = Object.values(traceTypes).flat();

/** Types of earlier versions of Plotly, and what they became. */
const renamed: Readonly<Record<string, string>> = {
  scattermapbox: 'scattermap',
  choroplethmapbox: 'choroplethmap',
  densitymapbox: 'densitymap',
  heatmapgl: 'heatmap',
  pointcloud: 'scattergl',
};
/** Words for charts that are types in other libraries. */
const meant: Readonly<Record<string, string>> = {
  line: 'scatter',
  area: 'scatter',
  column: 'bar',
  donut: 'pie',
  boxplot: 'box',
  hist: 'histogram',
};

/** The type of a trace; throws a TypeError for one that Plotly has not. */
export function typeOf(trace: Plain, path: string): string {
  const type = trace.type ?? 'scatter';
  if (typeof type === 'string' && all.includes(type)) return type;
  const word = typeof type === 'string' ? type : '';
  const close = renamed[word] ?? meant[word.toLowerCase()] ?? nearest(word, all);
  const hint =
    close === undefined
      ? `allowed are ${[...basic, ...cartesian].join(', ')}, and ${full.join(', ')}`
      : close === 'scatter' && word !== 'scater'
        ? "lines are { type: 'scatter', mode: 'lines' }"
        : `did you mean '${close}'?`;
  throw new TypeError(`plotly: ${path}.type is ${shortText(type)}; ${hint}`);
}

/** The smallest library that draws all of these types. */
export function libraryFor(types: readonly string[]): LibraryName {
  if (types.some((type) => full.includes(type))) return 'plotly';
  return types.some((type) => cartesian.includes(type)) ? 'plotly-cartesian' : 'plotly-basic';
}

/** Types for a graphics card that look the same without one. */
const drawnAs: Readonly<Record<string, string>> = { scattergl: 'scatter', scatterpolargl: 'scatterpolar' };

/** The type by which a still picture draws another. */
export function stillType(type: string): string {
  return drawnAs[type] ?? type;
}

const solid = ['cone', 'isosurface', 'mesh3d', 'scatter3d', 'streamtube', 'surface', 'volume'];
const maps = ['choroplethmap', 'densitymap', 'scattermap'];
const outlined = ['choropleth', 'scattergeo'];
const accelerated = ['parcoords', 'splom'];

/** What a type needs that a page without a network has not; undefined where it needs nothing. */
export function networkNeed(type: string): string | undefined {
  if (outlined.includes(type))
    return 'is a map, whose outlines Plotly loads from the network; config.topojsonURL may name a place of your own';
  return maps.includes(type) ? 'is a map, whose tiles Plotly loads from the network' : undefined;
}

/** Why a still picture of a type cannot be drawn without a browser; undefined where it can. */
export function onlyInBrowser(type: string): string | undefined {
  if (solid.includes(type)) return '3-D, drawn by the graphics card';
  if (accelerated.includes(type)) return 'drawn by the graphics card';
  if (maps.includes(type)) return 'a map, whose tiles come from the network';
  return outlined.includes(type) ? 'a map, whose outlines come from the network' : undefined;
}
