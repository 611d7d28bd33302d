import { afterEach, expect, test, vi } from 'vitest';
import { displaySymbol, type MimeBundle, vegaLite } from '../../../../../src/display/index.ts';

const lite = 'application/vnd.vegalite.v5+json';
const full = 'application/vnd.vega.v5+json';
const q = (field: string, more: object = {}): object => ({ field, type: 'quantitative', ...more });
const count = { aggregate: 'count' };
const size = 20_000;
/** Spread like a bell, without chance. */
const bell = Float64Array.from(
  { length: size },
  (_, k) => Math.sin(k) + Math.sin(2.3 * k) + Math.sin(3.7 * k),
);
const other = Float64Array.from({ length: size }, (_, k) => Math.cos(1.1 * k) * (1 + (k % 7)));
const run = Array.from({ length: size }, (_, k) => (k % 3 ? 'train' : 'validation'));
const at = Float64Array.from({ length: size }, (_, k) => k);
const data = { bell, other, run, at };
const bundleOf = (spec: object, options = {}): MimeBundle =>
  vegaLite(spec, options)[displaySymbol]() as MimeBundle;

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
afterEach(() => {
  const warned = vi.mocked(console.warn).mock.calls.flat();
  vi.mocked(console.warn).mockClear();
  expect(warned).toEqual([]);
});

test.each<[string, object]>([
  ['a histogram', { mark: 'bar', encoding: { x: q('bell', { bin: { maxbins: 30 } }), y: count } }],
  [
    'a heat map',
    { mark: 'rect', encoding: { x: q('bell', { bin: true }), y: q('other', { bin: true }), color: count } },
  ],
  [
    'a mean',
    {
      mark: 'bar',
      encoding: { x: { field: 'run' }, y: q('bell', { aggregate: 'mean' }), color: { field: 'run' } },
    },
  ],
  ['a box plot', { mark: 'boxplot', encoding: { x: { field: 'run' }, y: q('other') } }],
  ['an error band', { mark: 'errorband', encoding: { x: q('at', { bin: { maxbins: 20 } }), y: q('bell') } }],
  [
    'a histogram in rows',
    { mark: 'bar', encoding: { x: q('bell', { bin: true }), y: count, row: { field: 'run' } } },
  ],
  [
    'a density',
    {
      transform: [{ density: 'bell', groupby: ['run'], steps: 50 }],
      mark: 'area',
      encoding: { x: q('value'), y: q('density'), color: { field: 'run' } },
    },
  ],
  [
    'months',
    {
      transform: [{ calculate: 'datetime(2026, 0, 1 + datum.at / 60)', as: 'day' }],
      mark: 'line',
      encoding: { x: { field: 'day', type: 'temporal', timeUnit: 'yearmonth' }, y: count },
    },
  ],
  [
    'a rule over a histogram',
    {
      layer: [
        { mark: 'bar', encoding: { x: q('bell', { bin: true }), y: count } },
        { mark: 'rule', encoding: { x: q('bell', { aggregate: 'mean' }) } },
      ],
    },
  ],
])('%s is computed here: the picture is that of all rows, the bundle is small', (_, spec) => {
  const all = bundleOf({ data, ...spec }, { maxPoints: Number.POSITIVE_INFINITY });
  const reduced = bundleOf({ data, ...spec });
  expect(Object.keys(all)).toContain(lite);
  expect(Object.keys(reduced)).toEqual([full, 'image/png', 'text/plain']);
  expect(reduced['image/png'] === all['image/png'], 'the pictures are the same').toBe(true);
  expect(reduced['text/plain']).toBe(all['text/plain']);
  expect(JSON.stringify(reduced[full]).length).toBeLessThan(JSON.stringify(all[lite]).length / 10);
});

test('points are sampled, and a note says so: below the chart, or below its title', () => {
  const spec = { data, mark: 'point', encoding: { x: q('bell'), y: q('other') } };
  const note = 'Shown are 5,000 of 20,000 points; { maxPoints: Infinity } shows all';
  const bare = bundleOf(spec);
  expect(bare[lite]).toMatchObject({ title: { text: note, orient: 'bottom' } });
  expect((bare[lite] as { data: { values: unknown[] } }).data.values).toHaveLength(5000);
  expect(bare['text/plain']).toBe(`point chart (x: bell, y: other)\n${note}`);
  const titled = bundleOf({ ...spec, title: { text: 'A', subtitle: 'B' } }, { maxPoints: 50 });
  expect(titled[lite]).toMatchObject({ title: { text: 'A', subtitle: ['B', note.replace('5,000', '50')] } });
  expect(bundleOf({ ...spec, title: 'A' })[lite]).toMatchObject({ title: { text: 'A', subtitle: [note] } });
  const all = bundleOf(spec, { maxPoints: Number.POSITIVE_INFINITY });
  expect((all[lite] as { data: { values: unknown[] } }).data.values).toHaveLength(size);
  expect(all['text/plain']).not.toContain('Shown');
});

test('fields that the chart does not read are left out, numbers have seven digits', () => {
  const spec = { data, mark: 'point', encoding: { x: q('bell'), y: q('at') } };
  const rowOf = (more: object): unknown =>
    (vegaLite({ ...spec, ...more }).spec.data as { values: unknown[] }).values[7];
  expect(Object.keys(rowOf({}) as object)).toEqual(['bell', 'at']);
  expect(JSON.stringify(rowOf({}))).toMatch(/^\{"bell":-?\d\.\d{1,7},"at":\d+\}$/);
  const whole = { mark: { type: 'point', tooltip: { content: 'data' } } };
  expect(Object.keys(rowOf(whole) as object)).toEqual(['bell', 'other', 'run', 'at']);
});

test('data by name, and views that share it, keep rows for each view', () => {
  const views = [
    { data: { name: 'd' }, mark: 'point', encoding: { x: q('bell'), y: q('other') } },
    { data: { name: 'd' }, mark: 'line', encoding: { x: q('at'), y: q('bell') } },
  ];
  const { spec } = vegaLite({ datasets: { d: data }, hconcat: views }, { maxPoints: 1000 });
  const rows = (spec.datasets as { d: unknown[] }).d;
  expect(rows.length).toBeGreaterThan(1000);
  expect(rows.length).toBeLessThanOrEqual(2000);
});

test('points beside a histogram of the same data are sampled, its counts are of all rows', () => {
  const points = { mark: 'point', encoding: { x: q('bell'), y: q('other') } };
  const bars = { mark: 'bar', encoding: { x: q('bell', { bin: true }), y: count } };
  const bundle = bundleOf({ data, hconcat: [points, bars] });
  const sets = (bundle[full] as { data: { values?: { __count?: number }[] }[] }).data;
  const counts = sets.flatMap(({ values = [] }) => values.map((row) => row.__count ?? 0));
  expect(counts.reduce((sum, one) => sum + one, 0)).toBe(size);
  expect(Math.max(...sets.map(({ values = [] }) => values.length))).toBe(5000);
  expect(bundle['text/plain']).toContain('Shown are 5,000 of 20,000 points');
});

test('what a selection filters stays computed in the page', () => {
  const brush = { name: 'brush', select: { type: 'interval', encodings: ['x'] } };
  const bars = { params: [brush], mark: 'bar', encoding: { x: q('bell', { bin: true }), y: count } };
  const points = {
    transform: [{ filter: { param: 'brush' } }],
    mark: 'point',
    encoding: { x: q('bell'), y: q('other') },
  };
  const { data: sets } = bundleOf({ data, vconcat: [bars, points] })[full] as {
    data: { name: string; transform?: unknown[]; values?: unknown[] }[];
  };
  expect(JSON.stringify(sets.map(({ transform }) => transform))).toContain('vlSelectionTest');
  expect(sets.some(({ name }) => name === 'brush_store')).toBe(true);
  expect(Math.max(...sets.map(({ values = [] }) => values.length))).toBe(5000);
});

test('a million points', () => {
  const million = 1_000_000;
  const x = Float32Array.from({ length: million }, (_, k) => k);
  const y = x.map((k) => Math.sin(k / 1e5));
  const bundle = bundleOf({ data: { x, y }, mark: 'line', encoding: { x: q('x'), y: q('y') } });
  expect(JSON.stringify(bundle).length).toBeLessThan(300_000);
  expect(bundle['text/plain']).toMatch(/Shown are [\d,]+ of 1,000,000 points/);
});

test.each([0, -1, Number.NaN, '1000', null])('maxPoints %j is refused', (maxPoints) => {
  const spec = { data, mark: 'point', encoding: { x: q('bell') } };
  expect(() => vegaLite(spec, { maxPoints: maxPoints as number })).toThrow(
    /vegaLite: maxPoints is .*; allowed is a number from 1 on, or Infinity for all points/,
  );
});
