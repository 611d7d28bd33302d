import { type GalleryCase, IS_HTML } from '../case.ts';

const chart = (name: string, title: string, source: string): GalleryCase => ({
  name,
  source,
  title,
  text: title,
  kind: 'chart',
  coloured: true,
  asText: IS_HTML,
  live: '.main-svg',
});

/** One chart for each of the libraries that Plotly comes in, and a heat map. */
export const PLOTLY: readonly GalleryCase[] = [
  chart(
    'plotly-lines',
    'Loss of two short runs',
    `plotly([
  { x: [1, 2, 3, 4, 5], y: [0.9, 0.5, 0.34, 0.3, 0.29], name: 'train' },
  { x: [1, 2, 3, 4, 5], y: [1, 0.62, 0.5, 0.52, 0.55], name: 'valid', mode: 'lines+markers' },
], { title: 'Loss of two short runs', xaxis: { title: 'epoch' }, yaxis: { title: 'loss' } })`,
  ),
  chart(
    'plotly-bars-and-pie',
    'Bars beside a round pie',
    `plotly([
  { type: 'bar', x: ['cat', 'dog', 'horse'], y: [12, 19, 7], name: 'count', xaxis: 'x', yaxis: 'y' },
  { type: 'pie', labels: ['cat', 'dog', 'horse'], values: [12, 19, 7], domain: { x: [0.6, 1], y: [0, 1] } },
], { title: 'Bars beside a round pie', xaxis: { domain: [0, 0.5] } })`,
  ),
  chart(
    'plotly-heatmap',
    'Heat of a small map',
    `plotly([{ type: 'heatmap', z: Array.from({ length: 12 }, (_, y) => Array.from({ length: 16 }, (_, x) => Math.sin(x / 3) * Math.cos(y / 4))) }], { title: 'Heat of a small map' })`,
  ),
  // Its scene fills its place; without a graphics card there is but a picture that says so.
  {
    ...chart(
      'plotly-surface',
      'A surface in three dimensions',
      `plotly([{ type: 'surface', z: Array.from({ length: 20 }, (_, y) => Array.from({ length: 20 }, (_, x) => (x - 10) ** 2 - (y - 10) ** 2)) }], { title: 'A surface in three dimensions' })`,
    ),
    kind: 'picture',
    undrawn: ['nbconvert LaTeX'],
  },
];
