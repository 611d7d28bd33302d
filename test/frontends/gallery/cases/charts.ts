import { type GalleryCase, IS_HTML } from '../case.ts';

const RUNS = `
const epochs = Array.from({ length: 40 }, (_, i) => i + 1);
const runs = ['adam', 'momentum', 'sgd'].flatMap((optimizer, k) =>
  epochs.map((epoch) => ({ epoch, optimizer, loss: Math.exp(-epoch / (6 + 5 * k)) + 0.05 * k })));`;

/** Charts of Vega-Lite and of libraries that a cell imports. */
export const CHARTS: readonly GalleryCase[] = [
  {
    name: 'vegaLite-line',
    source: `${RUNS}
vegaLite({
  title: 'Loss of three optimizers',
  data: { values: runs },
  mark: 'line',
  encoding: {
    x: { field: 'epoch', type: 'quantitative' },
    y: { field: 'loss', type: 'quantitative' },
    color: { field: 'optimizer' },
  },
})`,
    title: 'Loss of three optimizers',
    text: 'Loss of three optimizers',
    kind: 'chart',
    coloured: true,
  },
  {
    name: 'vegaLite-html',
    source: `vegaLite({
  title: 'Counts of every class',
  data: { values: ['cat', 'dog', 'horse', 'ship'].map((label, i) => ({ label, count: 12 + 7 * i })) },
  mark: 'bar',
  encoding: { y: { field: 'label', type: 'nominal' }, x: { field: 'count', type: 'quantitative' } },
}, { html: true })`,
    title: 'Counts of every class',
    text: 'Counts of every class',
    kind: 'chart',
    coloured: true,
    asText: IS_HTML,
  },
  {
    name: 'vegaLite-facets',
    source: `vegaLite({
  title: 'Scatter in three small panels',
  data: { values: Array.from({ length: 240 }, (_, i) => ({ a: Math.sin(i), b: Math.cos(i * 1.7) + i / 200, set: ['train', 'valid', 'test'][i % 3] })) },
  mark: 'point',
  width: 130,
  height: 130,
  encoding: {
    column: { field: 'set' },
    x: { field: 'a', type: 'quantitative' },
    y: { field: 'b', type: 'quantitative' },
    color: { field: 'b', type: 'quantitative' },
  },
})`,
    title: 'Scatter in three small panels',
    text: 'Scatter in three small panels',
    kind: 'chart',
    coloured: true,
  },
  {
    name: 'vega-lite-api',
    source: `import * as vl from 'vega-lite-api';
vl.markArea({ opacity: 0.7 })
  .title('Built with another library')
  .data(Array.from({ length: 50 }, (_, i) => ({ step: i, value: 1 + Math.sin(i / 6) })))
  .encode(vl.x().fieldQ('step'), vl.y().fieldQ('value'))`,
    title: 'Built with another library',
    text: 'Built with another library',
    kind: 'chart',
    coloured: true,
  },
  {
    name: 'observable-plot',
    source: `import * as Plot from '@observablehq/plot';
import { JSDOM } from 'jsdom';
Plot.plot({
  document: new JSDOM().window.document,
  title: 'Points of two kinds',
  color: { legend: true },
  marks: [Plot.dot(Array.from({ length: 60 }, (_, x) => ({ x, y: Math.sin(x / 7), kind: x % 2 ? 'odd' : 'even' })), { x: 'x', y: 'y', fill: 'kind' })],
})`,
    title: 'Points of two kinds',
    text: 'Points of two kinds',
    kind: 'picture',
    coloured: true,
    asText: IS_HTML,
  },
  {
    name: 'schedule',
    source: 'schedules.cosineDecay({ initialValue: 0.1, decaySteps: 1000 })',
    title: 'initialValue: 0.1, decaySteps: 1000, alpha: 0',
    text: 'cosineDecay',
    kind: 'chart',
    coloured: true,
  },
];
