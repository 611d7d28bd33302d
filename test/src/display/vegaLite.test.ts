import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import {
  display,
  displaySymbol,
  history,
  metadataSymbol,
  type VegaLiteChart,
  vegaLite,
} from '../../../src/display/index.ts';
import { forgetSeries } from '../../../src/display/seriesColours.ts';
import { countPixels, decodePng, isColoured, isInk, type Pixels } from './png.ts';

const mimeType = 'application/vnd.vegalite.v5+json';
const quantitative = (field: string, more: object = {}): object => ({ field, type: 'quantitative', ...more });
const curve = {
  title: 'Training loss',
  data: { values: { epoch: [1, 2, 3, 4], loss: new Float32Array([1, 0.5, 0.25, 0.125]) } },
  mark: 'line',
  encoding: { x: quantitative('epoch', { title: 'epoch' }), y: quantitative('loss', { title: 'nats' }) },
};
const bundleOf = (spec: object, options = {}): Record<string, string> =>
  vegaLite(spec, options)[displaySymbol]() as Record<string, string>;
const pngSize = (chart: VegaLiteChart): { width: number; height: number } => {
  const size = chart[metadataSymbol]?.() ?? {};
  return size['image/png'] as { width: number; height: number };
};
const pixelsOf = (spec: object): Pixels => decodePng(bundleOf(spec)['image/png']);
const warned = (): unknown[] => vi.mocked(console.warn).mock.calls.flat();

vi.spyOn(console, 'warn').mockImplementation(() => undefined);
afterEach(() => {
  vi.mocked(console.warn).mockClear();
  display.theme({});
  forgetSeries();
});

test('a chart is the spec, a PNG with its size, and text; html only if asked for', () => {
  const chart = vegaLite(curve);
  const bundle = chart[displaySymbol]() as Record<string, unknown>;
  expect(Object.keys(bundle)).toEqual([mimeType, 'image/png', 'text/plain']);
  expect(bundle['text/plain']).toBe('line chart "Training loss" (x: epoch, y: nats)');
  const sent = bundle[mimeType] as Record<string, unknown>;
  expect(sent.$schema).toMatch(/vega-lite\/v5\.json$/);
  expect(JSON.parse(JSON.stringify(sent))).toEqual(sent);
  expect(sent.data).toEqual({
    values: [
      { epoch: 1, loss: 1 },
      { epoch: 2, loss: 0.5 },
      { epoch: 3, loss: 0.25 },
      { epoch: 4, loss: 0.125 },
    ],
  });
  const { width, height } = pngSize(chart);
  const pixels = decodePng(bundle['image/png']);
  expect([pixels.width, pixels.height]).toEqual([2 * width, 2 * height]);
  expect(Object.keys(bundleOf(curve, { png: false }))).toEqual([mimeType, 'text/plain']);
  expect(warned()).toEqual([]);
});

test('within others, and printed, a chart is a line of words', () => {
  const chart = vegaLite({ data: { a: [1] }, mark: 'point', encoding: { x: { field: 'a' } } });
  expect(inspect([chart])).toBe('[ point chart (x: a) ]');
  expect(inspect(history({ loss: [2, 1] })).split('\n')[0]).toBe('Training history: 2 epochs');
});

test('html, if asked for, is the picture with all that a script needs to draw the chart in its place', async () => {
  const bundle = (await vegaLite(curve, { html: true })[displaySymbol]()) as Record<string, string>;
  expect(Object.keys(bundle)).toEqual([mimeType, 'text/html', 'image/png', 'text/plain']);
  const [, packed = ''] =
    /^<div data-descent-chart="vega@[\d.]+" data-descent-spec="(.*?)"/.exec(bundle['text/html'] ?? '') ?? [];
  const { spec } = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString()) as { spec: object };
  expect(spec).toEqual({
    ...vegaLite(curve).spec,
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  });
  expect(bundle['text/html']).toMatch(
    /<div data-descent-still><div role="img" aria-label=".* style="width:\d+px.*url\(data:image\/png;base64,/,
  );
  const missing = { ...curve, encoding: { x: quantitative('epok') } };
  expect(() => vegaLite(missing, { html: true })[displaySymbol]()).toThrow(/x\.field is 'epok'/);
});

test('the picture has the line, the title and both axes, and nothing at its edges', () => {
  const pixels = pixelsOf(curve);
  expect(countPixels(pixels, [0.15, 0.15, 1, 0.85], isColoured)).toBeGreaterThan(2000);
  expect(countPixels(pixels, [0, 0, 0.5, 0.1], isInk), 'title').toBeGreaterThan(300);
  expect(countPixels(pixels, [0, 0.2, 0.05, 0.8], isInk), 'y title').toBeGreaterThan(50);
  expect(countPixels(pixels, [0.05, 0.1, 0.1, 0.95], isInk), 'y labels').toBeGreaterThan(300);
  expect(countPixels(pixels, [0.05, 0.88, 1, 0.94], isInk), 'x labels').toBeGreaterThan(200);
  expect(countPixels(pixels, [0.3, 0.94, 0.8, 1], isInk), 'x title').toBeGreaterThan(100);
  const isDrawn = (red: number, green: number, blue: number): boolean => Math.min(red, green, blue) < 250;
  for (const edge of [
    [0, 0, 1, 0.01],
    [0, 0.99, 1, 1],
    [0, 0, 0.005, 1],
    [0.995, 0, 1, 1],
  ] as const) {
    expect(countPixels(pixels, edge, isDrawn)).toBe(0);
  }
});

test('long labels, titles and legends are not clipped', () => {
  const names = ['iiiiiiiiiiiiiiiiiiiii', 'WWWWWWWWWWWWWWWWWWWWW'];
  const values = names.map((name, index) => ({ name, count: (index + 1) * 1e6 }));
  const pixels = pixelsOf({
    title: 'W'.repeat(60),
    data: values,
    mark: 'bar',
    encoding: { y: { field: 'name', type: 'nominal' }, x: quantitative('count'), color: { field: 'name' } },
  });
  const isDrawn = (red: number, green: number, blue: number): boolean => Math.min(red, green, blue) < 250;
  expect(countPixels(pixels, [0, 0, 1, 0.01], isDrawn)).toBe(0);
  expect(countPixels(pixels, [0, 0, 0.003, 1], isDrawn)).toBe(0);
  expect(countPixels(pixels, [0.997, 0, 1, 1], isDrawn)).toBe(0);
});

test('four series have a legend with the colours of their lines', () => {
  const values = ['a', 'b', 'c', 'd'].flatMap((run, k) => [0, 1, 2].map((x) => ({ x, y: x * (k + 1), run })));
  const encoding = { x: quantitative('x'), y: quantitative('y'), color: { field: 'run', type: 'nominal' } };
  const pixels = pixelsOf({ data: { values }, mark: 'line', encoding });
  const expected = [
    [0x00, 0x72, 0xb2],
    [0xd5, 0x5e, 0x00],
    [0x00, 0x9e, 0x73],
    [0xaa, 0x2f, 0x82],
  ];
  for (const [r, g, b] of expected) {
    const isSame = (red: number, green: number, blue: number): boolean =>
      red === r && green === g && blue === b;
    expect(countPixels(pixels, [0.92, 0, 1, 1], isSame), 'legend').toBeGreaterThan(5);
    expect(countPixels(pixels, [0, 0, 0.9, 1], isSame), 'plot').toBeGreaterThan(500);
  }
});

test('NaN and infinite values are left out and the rest is drawn', () => {
  const x = [0, 1, 2, 3, 4, 5];
  const y = new Float64Array([1, Number.NaN, 3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2]);
  const spec = {
    data: { values: { x, y } },
    mark: 'point',
    encoding: { x: quantitative('x'), y: quantitative('y') },
  };
  expect(countPixels(pixelsOf(spec), [0.1, 0, 1, 0.88], isColoured)).toBeGreaterThan(200);
  expect(JSON.stringify(bundleOf(spec)[mimeType])).toContain('"y":null');
  expect(warned()).toEqual([]);
});

test('zeros do not blank a log scale, and the reader is told', () => {
  const values = [1, 0.1, 0.01, 0].map((loss, step) => ({ step, loss }));
  const encoding = { x: quantitative('step'), y: quantitative('loss', { scale: { type: 'log' } }) };
  const pixels = pixelsOf({ data: { values }, mark: 'line', encoding });
  expect(countPixels(pixels, [0, 0.1, 0.1, 0.9], isInk), 'y labels').toBeGreaterThan(300);
  expect(countPixels(pixels, [0.1, 0.3, 0.9, 0.7], isColoured), 'line').toBeGreaterThan(500);
  expect(warned()).toEqual([
    'vegaLite: 1 of 4 values of "loss" are not positive: a log scale cannot show them',
  ]);
});

test("Vega's warnings arrive as one short line", () => {
  const values = [{ x: 1, y: Number.NaN }];
  bundleOf({ data: { values }, mark: 'point', encoding: { x: quantitative('x'), y: quantitative('y') } });
  expect(warned()).toEqual(['vegaLite: Infinite extent for field "y": [Infinity, -Infinity]']);
  vi.mocked(console.warn).mockClear();
  bundleOf({ data: { values: [] }, mark: 'point', encoding: { x: quantitative('x') } });
  expect(warned()[0]).toBe('vegaLite: the data has no rows');
});

test('above 5,000 marks the picture has single size', () => {
  const values = Array.from({ length: 5001 }, (_, i) => ({ x: i % 100, y: i }));
  const chart = vegaLite({
    data: { values },
    mark: 'point',
    encoding: { x: quantitative('x'), y: quantitative('y') },
  });
  const pixels = decodePng((chart[displaySymbol]() as Record<string, unknown>)['image/png']);
  expect(pngSize(chart)).toMatchObject({ width: pixels.width, height: pixels.height });
});

test("the spec's config wins over the user's theme, which wins over the built-in one", () => {
  display.theme({ background: '#ff0000', axis: { grid: false } });
  const config = (spec: object): unknown => vegaLite(spec).spec.config;
  expect(config(curve)).toMatchObject({ background: '#ff0000', axis: { grid: false, labelFontSize: 11 } });
  expect(config({ ...curve, config: { background: '#00ff00' } })).toMatchObject({ background: '#00ff00' });
  const isRed = (red: number, green: number): boolean => red === 255 && green === 0;
  expect(countPixels(pixelsOf(curve), [0, 0, 0.01, 1], isRed)).toBeGreaterThan(500);
  display.theme({});
  expect(config(curve)).toMatchObject({ background: '#ffffff' });
  expect(() => display.theme(5 as never)).toThrow(/the theme is 5/);
});

test('data from a file is waited for, a missing file is an error', async () => {
  const url = new URL('./fixtures/points.csv', import.meta.url).href;
  const spec = { data: { url }, mark: 'point', encoding: { x: quantitative('x'), y: quantitative('y') } };
  const chart = vegaLite(spec);
  const bundle = (await chart[displaySymbol]()) as Record<string, string>;
  expect(countPixels(decodePng(bundle['image/png']), [0.1, 0, 1, 0.88], isColoured)).toBeGreaterThan(100);
  expect(pngSize(chart).width).toBeGreaterThan(480);
  const missing = { ...spec, data: { url: `${url}.missing` } };
  await expect(vegaLite(missing)[displaySymbol]()).rejects.toThrow(/vegaLite: .*points\.csv\.missing/);
});

test('toSpec is honoured; what is no spec is refused', () => {
  expect(bundleOf({ toSpec: () => curve })['text/plain']).toContain('line chart');
  expect(() => vegaLite([] as object)).toThrow(/the spec is \[\]; allowed is a Vega-Lite spec object/);
  expect(() => vegaLite(null as unknown as object)).toThrow(TypeError);
  expect(() => vegaLite({ mark: 'point' }, { maxPoint: 10 } as object)).toThrow("did you mean 'maxPoints'?");
});

test('facets, layers and concatenations are drawn without a warning', () => {
  const values = ['a', 'b'].flatMap((run) => [1, 2, 3].map((x) => ({ run, x, y: x * x })));
  const encoding = { x: quantitative('x'), y: quantitative('y') };
  const specs = [
    { data: { values }, mark: 'line', encoding: { ...encoding, facet: { field: 'run' } } },
    { data: { values }, facet: { field: 'run' }, spec: { mark: 'line', encoding } },
    {
      data: { values },
      hconcat: [
        { mark: 'line', encoding },
        { mark: 'bar', encoding },
      ],
    },
    {
      data: { values },
      layer: [
        { mark: 'line', encoding },
        { mark: 'rule', encoding: { y: { datum: 4 } } },
      ],
    },
    {
      data: { values },
      mark: 'boxplot',
      encoding: { x: { field: 'run', type: 'nominal' }, y: quantitative('y') },
    },
    {
      data: { values },
      repeat: ['x', 'y'],
      spec: {
        mark: 'bar',
        encoding: { x: { field: { repeat: 'repeat' }, bin: true }, y: { aggregate: 'count' } },
      },
    },
  ];
  for (const spec of specs)
    expect(countPixels(pixelsOf(spec), [0, 0, 1, 1], isColoured)).toBeGreaterThan(300);
  expect(warned()).toEqual([]);
});

test('columns need no `values` around them', () => {
  const { epoch, loss } = curve.data.values;
  const bare = bundleOf({ ...curve, data: { epoch, loss } });
  expect(bare[mimeType]).toEqual(bundleOf(curve)[mimeType]);
});

test('an encoding above layers is read from the data of the layers', () => {
  const layer = [1, 2].map((k) => ({
    data: {
      values: [
        { x: 0, y: k },
        { x: 1, y: 2 * k },
      ],
    },
    mark: 'line',
  }));
  const spec = { encoding: { x: quantitative('x'), y: quantitative('y') }, layer };
  expect(countPixels(pixelsOf(spec), [0, 0, 1, 1], isColoured)).toBeGreaterThan(300);
});

test('of a chart without rows it is said once', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  bundleOf({ data: { values: [] }, mark: 'point', encoding: { x: quantitative('x') } });
  expect(warn.mock.calls).toEqual([['vegaLite: the data has no rows']]);
});

test('the title of an axis stands beside its longest labels', () => {
  const pixels = pixelsOf({
    data: { name: ['W'.repeat(60), 'b'], count: [1, 2] },
    mark: 'point',
    encoding: {
      y: { field: 'name', type: 'nominal', axis: { titleColor: '#ff0000', labelColor: '#0000ff' } },
      x: quantitative('count'),
    },
  });
  const isRed = (red: number, green: number, blue: number): boolean => red > 200 && green + blue < 200;
  const isBlue = (red: number, green: number, blue: number): boolean => blue > 200 && red + green < 200;
  const bands = Array.from({ length: 100 }, (_, at): [number, number, number, number] => [0, 0, at / 100, 1]);
  const all = countPixels(pixels, [0, 0, 1, 1], isRed);
  const whole = bands.find((band) => countPixels(pixels, band, isRed) === all);
  expect(all).toBeGreaterThan(10);
  expect(countPixels(pixels, whole ?? [0, 0, 1, 1], isBlue)).toBe(0);
});
