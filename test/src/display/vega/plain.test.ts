import { expect, test, vi } from 'vitest';
import { tf } from '../../../../src/backend/index.ts';
import { displaySymbol, type MimeBundle, vegaLite } from '../../../../src/display/index.ts';
import { countPixels, decodePng, isColoured } from '../png.ts';

const q = (field: string): object => ({ field, type: 'quantitative' });
const rowsOf = (data: unknown): unknown =>
  (vegaLite({ data, mark: 'point' }).spec.data as { values: unknown }).values;
const inkOf = (spec: object): number => {
  const bundle = vegaLite(spec)[displaySymbol]() as MimeBundle;
  return countPixels(decodePng(bundle['image/png']), [0, 0, 1, 1], isColoured);
};

vi.spyOn(console, 'warn').mockImplementation(() => undefined);

test('what JSON has no word for is missing, a number or text', () => {
  const rows = rowsOf([
    { a: Number.NaN, b: Number.POSITIVE_INFINITY, c: 12n, d: new Date(0), e: undefined, f: null },
    { a: 1, b: Number.NEGATIVE_INFINITY, c: -(2n ** 60n), d: new Date(Number.NaN), e: true, f: 'x' },
  ]);
  expect(rows).toEqual([
    { a: null, b: null, c: 12, d: '1970-01-01T00:00:00.000Z', f: null },
    { a: 1, b: null, c: -(2 ** 60), d: null, e: true, f: 'x' },
  ]);
});

test.each([
  ['Float32Array', Float32Array.from([0.5, Number.NaN])],
  ['BigInt64Array', BigInt64Array.from([1n, 2n])],
  ['Uint8ClampedArray', Uint8ClampedArray.from([1, 2])],
])('a %s is a column', (_, column) => {
  const [one, two] = [...column].map((value) => (Number.isNaN(value) ? null : Number(value)));
  expect(rowsOf({ column })).toEqual([{ column: one }, { column: two }]);
});

test('all of it is drawn', () => {
  const at = [0, 1, 2, 3].map((day) => new Date(2026, 0, 1 + day));
  const value = [1n, 3n, 2n, 5n];
  const encoding = { x: { field: 'at', type: 'temporal' }, y: q('value') };
  expect(inkOf({ data: { at, value }, mark: 'line', encoding })).toBeGreaterThan(500);
  const domain = [at[0], at[3]];
  const zoomed = { x: { field: 'at', type: 'temporal', scale: { domain } }, y: q('value') };
  expect(inkOf({ data: { at, value }, mark: 'line', encoding: zoomed })).toBeGreaterThan(500);
});

test('no rows, and rows without a number, draw axes and say so', () => {
  for (const data of [[], { x: [], y: new Float32Array() }, [{ x: Number.NaN, y: Number.NaN }]]) {
    vi.mocked(console.warn).mockClear();
    expect(inkOf({ data, mark: 'line', encoding: { x: q('x'), y: q('y') } })).toBe(0);
    expect(vi.mocked(console.warn).mock.calls.length).toBeGreaterThan(0);
  }
});

test('a tensor that was disposed is named', () => {
  const y = tf.tensor1d([1, 2]);
  const x = tf.tensor1d([1, 2]);
  expect(rowsOf({ x, y })).toEqual([
    { x: 1, y: 1 },
    { x: 2, y: 2 },
  ]);
  y.dispose();
  expect(() => rowsOf({ x, y })).toThrow(/^vegaLite: data\.y cannot be read: .*disposed/);
  x.dispose();
});

test('a field by the name __proto__ is a field', () => {
  const [row] = rowsOf(JSON.parse('{ "__proto__": [1], "x": [2] }')) as Record<string, unknown>[];
  expect(Object.keys(row ?? {})).toEqual(['__proto__', 'x']);
});
