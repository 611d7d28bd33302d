import { tensor, tensor2d } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { displaySymbol, histogram, type MimeBundle } from '../../../src/display/index.ts';
import { countPixels, decodePng, isInk } from './png.ts';

test('a chart, its picture, and bars of text', async () => {
  const shown = histogram([1, 2, 2, 3], { title: 'Dice', xTitle: 'pips' });
  const bundle = (await shown[displaySymbol]()) as MimeBundle;
  expect(Object.keys(bundle)).toEqual(['application/vnd.vegalite.v5+json', 'image/png', 'text/plain']);
  expect(String(bundle['text/plain']).split('\n')).toEqual([
    'Dice: 4 values in 3 bins (one for each whole number)',
    'mean 2, sd 0.7071',
    '1 │████████████████████ 1',
    '2 │████████████████████████████████████████ 2',
    '3 │████████████████████ 1',
  ]);
  expect(String(shown)).toBe(bundle['text/plain']);
  expect(shown.spec).toMatchObject({
    title: { text: 'Dice', subtitle: '4 values in 3 bins (one for each whole number)' },
    data: { values: [{ bin: '1', from: 0.5, to: 1.5, count: 1, share: 0.25 }, { count: 2 }, { count: 1 }] },
    encoding: { x: { title: 'pips' }, tooltip: [{ field: 'bin' }, { field: 'count' }, { field: 'share' }] },
  });
  expect(countPixels(decodePng(bundle['image/png']), [0, 0, 1, 1], isInk)).toBeGreaterThan(5000);
});

test.each<[string, unknown]>([
  ['a tensor', tensor([1, 2, 2.5, 4])],
  [
    'a tensor of two dimensions',
    tensor2d([
      [1, 2],
      [2.5, 4],
    ]),
  ],
  ['a typed array', new Float32Array([1, 2, 2.5, 4])],
  ['nested lists', [[1, [2]], new Float64Array([2.5, 4])]],
  ['an iterator', new Set([1, 2, 2.5, 4]).values()],
])('%s is data', (_what, data) => {
  const { series, edges } = histogram(data, { bins: 3 });
  expect(series[0]?.counts).toEqual([1, 2, 1]);
  expect(edges).toEqual([1, 2, 3, 4]);
});

test('big integers and booleans are numbers', () => {
  expect(histogram(new BigInt64Array([1n, 2n, 2n])).series[0]?.counts).toEqual([1, 2]);
  expect(histogram([true, false, true]).series[0]?.counts).toEqual([1, 2]);
});

test('NaN, infinite and missing values are left out, and it says how many', () => {
  const shown = histogram([1, 2, Number.NaN, null, Number.POSITIVE_INFINITY]);
  expect(shown.series[0]).toMatchObject({ counts: [1, 1], total: 2 });
  expect(String(shown)).toContain('2 NaN and 1 infinite value left out');
  expect(String(histogram([1, 2, 30], { range: [0, 10] }))).toContain('1 value outside of the bins');
});

test('several series lie over each other in the same bins, in colours of their own', async () => {
  const shown = histogram(
    new Map([
      ['train', [0, 0.5, 1]],
      ['test', [0.5, 2]],
    ]),
    { bins: 2, density: true },
  );
  expect(shown.edges).toEqual([0, 1, 2]);
  expect(shown.series).toMatchObject([
    { name: 'train', counts: [2, 1], total: 3, mean: 0.5 },
    { name: 'test', counts: [1, 1], total: 2 },
  ]);
  const [bars] = shown.spec.layer as { data: { values: object[] } }[];
  // 2 of 3 values in a bin of width 1.
  expect(bars?.data.values[0]).toMatchObject({ series: 'train', density: 2 / 3, share: 2 / 3 });
  const bundle = (await shown[displaySymbol]()) as MimeBundle;
  expect(bundle['text/plain']).toMatch(
    /^Histogram of train, test: 5 values.*\ntrain: mean 0\.5.*\ntest: mean/s,
  );
});

test('a logarithmic scale shows bins of one value and leaves out empty ones', async () => {
  const shown = histogram([1, 1, 1, 3], { log: true });
  expect(shown.spec).toMatchObject({ encoding: { y: { scale: { type: 'log', domainMin: 0.5 } } } });
  expect((shown.spec.data as { values: object[] }).values).toHaveLength(2);
  await expect(shown[displaySymbol]()).toHaveProperty('image/png');
});

test('many values are counted here: what is sent stays small', async () => {
  const values = Float32Array.from({ length: 1_000_000 }, (_, i) => Math.sin(i));
  const shown = histogram(values);
  expect(shown.series[0]?.counts.reduce((sum, count) => sum + count, 0)).toBe(1_000_000);
  expect(JSON.stringify(shown.spec).length).toBeLessThan(40_000);
  expect(values[1]).toBe(Math.fround(Math.sin(1)));
});

test('text of many bins puts neighbours together', () => {
  const lines = String(
    histogram(
      Array.from({ length: 100 }, (_, i) => i / 100),
      { bins: 100 },
    ),
  ).split('\n');
  expect(lines).toHaveLength(22);
  expect(lines[2]).toMatch(/ │█{40} 5$/);
});

test.each<[unknown, object, RegExp]>([
  [['a'], {}, /histogram: the data\[0\] is 'a'; allowed are numbers/],
  [[[1, ['x']]], {}, /the data\[0\]\[1\]\[0\] is 'x'/],
  ['text', {}, /the data is 'text'; allowed are a tensor, a typed array/],
  [5, {}, /the data is 5/],
  [{}, {}, /the data is \{\}; allowed is an object with at least one series/],
  [{ a: 5 }, {}, /histogram: a is 5/],
  [[1], { bin: 3 }, /'bin'; did you mean 'bins'\?/],
  [[1], { range: [2, 1] }, /range must be two finite numbers, the smaller first/],
  [[1], { width: 1 }, /width must be/],
])('%o with %o is refused', (data, options, message) => {
  expect(() => histogram(data, options)).toThrow(message);
});

test('a tensor that was disposed is named', () => {
  const gone = tensor([1]);
  gone.dispose();
  expect(() => histogram(gone)).toThrow(/histogram: the data cannot be read: Tensor is disposed/);
});

test('bins around whole numbers have no ticks between them', () => {
  const axisOf = (data: number[]): unknown =>
    (histogram(data).spec as { encoding: { x: { axis?: unknown } } }).encoding.x.axis;
  expect(axisOf([1, 2, 2, 3])).toEqual({ tickMinStep: 1 });
  expect(axisOf([0.1, 0.2, 0.2, 0.7])).toBeUndefined();
});
