/** Charts of many kinds, small and without chance. */
const q = (field: string, more: object = {}): object => ({ field, type: 'quantitative', ...more });
const rows = ['adam', 'momentum', 'sgd'].flatMap((run, k) =>
  Array.from({ length: 40 }, (_, epoch) => ({
    run,
    epoch,
    loss: 2 * Math.exp(-epoch / (6 + 4 * k)) + 0.1 * Math.abs(Math.sin(epoch * (k + 1))) + 0.05,
    accuracy: 1 - Math.exp(-epoch / (9 + 5 * k)),
    day: new Date(2026, 0, 1 + 3 * epoch).toISOString(),
  })),
);
const cells = Array.from({ length: 100 }, (_, k) => ({
  x: k % 10,
  y: Math.floor(k / 10),
  z: Math.sin(k / 9),
}));
const run = { field: 'run', type: 'nominal' };
const data = { values: rows };
const curve = { x: q('epoch'), y: q('loss') };

export const vegaSpecs: Readonly<Record<string, object>> = {
  lines: { title: 'Training loss', data, mark: 'line', encoding: { ...curve, color: run } },
  points: { data, mark: 'point', encoding: { x: q('loss'), y: q('accuracy'), color: run, shape: run } },
  bars: {
    title: { text: 'Last loss', subtitle: 'after 40 epochs' },
    data,
    mark: 'bar',
    encoding: { x: run, y: q('loss', { aggregate: 'min', title: 'lowest loss' }), color: run },
  },
  'lying bars': { data, mark: 'bar', encoding: { y: run, x: q('accuracy', { aggregate: 'max' }) } },
  areas: {
    data,
    mark: 'area',
    encoding: { x: { field: 'day', type: 'temporal' }, y: q('loss', { stack: 'zero' }), color: run },
  },
  logarithmic: {
    data,
    mark: { type: 'line', point: true },
    encoding: { x: q('epoch'), y: q('loss', { scale: { type: 'log' } }), color: run },
  },
  histogram: {
    data,
    mark: 'bar',
    encoding: { x: q('loss', { bin: { maxbins: 20 } }), y: { aggregate: 'count' } },
  },
  'heat map': {
    data: { values: cells },
    mark: 'rect',
    encoding: { x: { field: 'x', type: 'ordinal' }, y: { field: 'y', type: 'ordinal' }, color: q('z') },
  },
  'box plots': { data, mark: 'boxplot', encoding: { x: run, y: q('loss') } },
  pie: { data, mark: 'arc', encoding: { theta: q('loss', { aggregate: 'sum' }), color: run } },
  facets: { data, mark: 'line', encoding: { ...curve, facet: { ...run, columns: 2 } } },
  layers: {
    data,
    layer: [
      { mark: 'line', encoding: { ...curve, color: run } },
      { mark: { type: 'rule', strokeDash: [4, 4] }, encoding: { y: { datum: 0.5 } } },
      {
        mark: { type: 'text', align: 'left', dx: 5, dy: -8 },
        encoding: { y: { datum: 0.5 }, text: { value: 'target ≤ ½' } },
      },
    ],
  },
  'side by side': {
    data,
    hconcat: [
      { title: 'Loss', mark: 'line', encoding: { ...curve, color: run } },
      { title: 'Accuracy', mark: 'line', encoding: { x: q('epoch'), y: q('accuracy'), color: run } },
    ],
  },
  'long labels': {
    title: 'A title in bold with Ünïcödé, Ελληνικά and кириллица',
    data: {
      values: ['a very long name of an optimizer', 'WWWWWWWW', 'iiiiiiii'].map((name, k) => ({
        name,
        k: k + 1,
      })),
    },
    mark: 'bar',
    encoding: {
      y: { field: 'name', type: 'nominal' },
      x: q('k'),
      color: { field: 'name', legend: { title: 'optimizer' } },
    },
  },
};
