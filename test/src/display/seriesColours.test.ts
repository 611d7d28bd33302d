import { afterEach, expect, test } from 'vitest';
import { display, vegaLite } from '../../../src/display/index.ts';
import { forgetSeries, seriesColours } from '../../../src/display/seriesColours.ts';
import { presets } from '../../../src/display/theme/presets.ts';

afterEach(() => {
  forgetSeries();
  display.theme({});
});

test('a name keeps its colour, new ones take the first that no other name of the chart has', () => {
  const palette = ['1', '2', '3', '4'];
  expect(seriesColours(['train', 'validation'], palette)).toEqual(['1', '2']);
  expect(seriesColours(['validation'], palette)).toEqual(['2']);
  expect(seriesColours(['adam', 'train'], palette)).toEqual(['2', '1']);
  expect(seriesColours(['sgd', 'muon'], palette)).toEqual(['1', '2']);
  expect(seriesColours(['train', 'validation', 'adam', 'sgd'], palette)).toEqual(palette);
});

test('two names of one chart differ while colours are free; the first comer keeps its own', () => {
  const palette = ['1', '2', '3'];
  for (const name of ['a', 'b', 'c', 'd']) expect(seriesColours([name], palette)).toEqual(['1']);
  expect(seriesColours(['d', 'a'], palette)).toEqual(['2', '1']);
  expect(seriesColours(['d'], palette)).toEqual(['1']);
  expect(new Set(seriesColours(['a', 'b', 'c', 'd', 'e'], palette)).size).toBe(3);
  expect(seriesColours(['a', 'b'], ['only'])).toEqual(['only', 'only']);
});

test('a theme with other colours maps the names again', () => {
  expect(seriesColours(['train', 'validation'])).toEqual(['#0072b2', '#d55e00']);
  display.theme({ colors: ['red', 'green', 'blue'] });
  expect(seriesColours(['validation', 'loss'])).toEqual(['green', 'red']);
  display.theme({});
  expect(seriesColours(['validation', 'train'])).toEqual(['#d55e00', '#0072b2']);
});

interface Coded {
  readonly scale?: { readonly domain: readonly unknown[]; readonly range: readonly string[] };
}

const [blue, orange] = presets.light.colors;
const x = { field: 'x', type: 'quantitative' };
const y = { field: 'y', type: 'quantitative' };
const rowsOf = (...runs: readonly unknown[]): object[] =>
  runs.map((run, k) => ({ x: k, y: k, run, other: k % 2 }));
const scaleOf = (data: unknown, color: object, more: object = {}): Coded['scale'] => {
  const { spec } = vegaLite({ data, mark: 'line', encoding: { x, y, color }, ...more });
  return (spec.encoding as { color: Coded }).color.scale;
};

test('charts of Vega-Lite give a name its colour, in the order that Vega-Lite has', () => {
  const run = { field: 'run', type: 'nominal' };
  expect(scaleOf(rowsOf('train', 'adam'), run)).toEqual({ domain: ['adam', 'train'], range: [blue, orange] });
  expect(scaleOf(rowsOf('train', 'validation'), { field: 'run' })).toEqual({
    domain: ['train', 'validation'],
    range: [orange, blue],
  });
  expect(scaleOf(rowsOf('train'), { ...run, sort: null })?.range).toEqual([orange]);
  expect(scaleOf(rowsOf('adam', 'train'), { ...run, sort: 'descending' })?.domain).toEqual(['train', 'adam']);
  expect(scaleOf(rowsOf('a', 'train', 'adam'), { ...run, sort: ['train'] })?.domain[0]).toBe('train');
  expect(scaleOf(rowsOf(true, false, null), run)?.domain).toEqual([null, false, true]);
  expect(scaleOf(rowsOf(10, 9), run)?.domain).toEqual([9, 10]);
});

test('own scales and what only the running chart knows are left to Vega-Lite', () => {
  const run = { field: 'run', type: 'nominal' };
  const runs = rowsOf('a', 'b');
  expect(scaleOf(runs, { ...run, scale: { scheme: 'dark2' } })).toEqual({ scheme: 'dark2' });
  for (const left of [
    { ...run, scale: null },
    { ...run, sort: '-y' },
    { ...run, type: 'ordinal' },
    { ...run, type: 'quantitative' },
    { ...run, bin: true },
    { value: 'red' },
    { datum: 3 },
  ]) {
    expect(scaleOf(runs, left) ?? undefined).toBeUndefined();
  }
  expect(scaleOf(rowsOf(...'abcdefghi'), run)).toBeUndefined();
  expect(scaleOf(rowsOf('a', undefined), run)).toBeUndefined();
  expect(scaleOf({ url: 'runs.csv' }, run)).toBeUndefined();
  expect(scaleOf(runs, run, { config: { range: { category: { scheme: 'set1' } } } })).toBeUndefined();
  expect(scaleOf(runs, run, { transform: [{ filter: { param: 'brush' } }] })).toBeUndefined();
  expect(scaleOf(runs, run, { transform: [{ filter: 'datum.x >' }] })).toBeUndefined();
});

test('transforms that keep the names, and folded columns, are seen through', () => {
  const run = { field: 'run' };
  const runs = rowsOf('a', 'b');
  const kept = [
    { calculate: 'datum.y + 1', as: 'z' },
    { aggregate: [{ op: 'mean', field: 'z', as: 'z' }], groupby: ['run'] },
  ];
  expect(scaleOf(runs, run, { transform: kept })?.domain).toEqual(['a', 'b']);
  const folded = { transform: [{ fold: ['val_loss', 'loss'], as: ['series', 'value'] }] };
  expect(scaleOf([{ loss: 1, val_loss: 2 }], { field: 'series' }, folded)?.domain).toEqual([
    'loss',
    'val_loss',
  ]);
});

test('names that only transforms bring or take away are computed', () => {
  const run = { field: 'run', type: 'nominal' };
  expect(scaleOf(rowsOf('a', 'b', 'c'), run, { transform: [{ filter: 'datum.run !== "b"' }] })).toEqual({
    domain: ['a', 'c'],
    range: [blue, orange],
  });
  expect(scaleOf(rowsOf('c'), run)?.range).toEqual([orange]);
  const named = [{ calculate: 'datum.x > 0 ? "late" : "early"', as: 'when' }];
  expect(scaleOf(rowsOf('a', 'b'), { field: 'when' }, { transform: named })?.domain).toEqual([
    'early',
    'late',
  ]);
});

test('layers share a scale, with constants and the names of a repeat', () => {
  const line = (color: object): object => ({ mark: 'line', encoding: { x, y, color } });
  const layered = vegaLite({
    data: rowsOf('a'),
    layer: [line({ field: 'run' }), line({ datum: 'limit' })],
  }).spec;
  for (const layer of layered.layer as { encoding: { color: Coded } }[]) {
    expect(layer.encoding.color.scale).toEqual({ domain: ['a', 'limit'], range: [blue, orange] });
  }
  const repeated = vegaLite({
    data: [{ x: 1, loss: 1, val_loss: 2 }],
    repeat: { layer: ['loss', 'val_loss'] },
    spec: {
      mark: 'line',
      encoding: { x, y: { field: { repeat: 'layer' } }, color: { datum: { repeat: 'layer' } } },
    },
  }).spec;
  const { encoding } = repeated.spec as { encoding: { color: Coded } };
  expect(encoding.color.scale?.domain).toEqual(['loss', 'val_loss']);
  expect(new Set(encoding.color.scale?.range).size).toBe(2);
});

test('views share a scale unless the spec separates them', () => {
  const view = (field: string, data: unknown): object => ({
    data,
    mark: 'bar',
    encoding: { x, color: { field } },
  });
  const hconcat = [view('run', rowsOf('a', 'b')), view('run', rowsOf('c'))];
  const domains = (spec: object): unknown[] => {
    const views = vegaLite(spec).spec.hconcat as { encoding: { color: Coded } }[];
    return views.map(({ encoding }) => encoding.color.scale?.domain);
  };
  expect(domains({ hconcat })).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]);
  expect(domains({ hconcat, resolve: { scale: { color: 'independent' } } })).toEqual([['a', 'b'], ['c']]);
});

test('an encoding above layers with data of their own, and a condition', () => {
  const layer = [rowsOf('a'), rowsOf('b')].map((data) => ({ data, mark: 'line' }));
  const { spec } = vegaLite({ encoding: { x, y, color: { field: 'run' } }, layer });
  expect((spec.encoding as { color: Coded }).color.scale?.domain).toEqual(['a', 'b']);
  const color = { condition: { param: 'brush', field: 'run', type: 'nominal' }, value: 'lightgray' };
  const params = [{ name: 'brush', select: 'interval' }];
  const brushed = vegaLite({ data: rowsOf('a'), params, mark: 'point', encoding: { x, y, color } }).spec;
  const { condition } = (brushed.encoding as { color: { condition: Coded } }).color;
  expect(condition.scale).toEqual({ domain: ['a'], range: [blue] });
});
