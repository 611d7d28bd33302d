import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displaySymbol, html, table } from '../../../src/display/index.ts';

const bundleOf = (data: unknown, options?: { maxRows?: number }): Record<string, string> =>
  table(data, options)[displaySymbol]() as Record<string, string>;

test('rows become aligned text and a table with numbers to the right', () => {
  const bundle = bundleOf([
    { optimizer: 'adam', loss: 0.021, steps: 100 },
    { optimizer: 'sgd', loss: 0.5, steps: 2000 },
  ]);
  expect(Object.keys(bundle)).toEqual(['text/html', 'text/plain']);
  expect(bundle['text/plain']).toBe(
    [
      'optimizer   loss  steps',
      '─────────  ─────  ─────',
      'adam       0.021    100',
      'sgd        0.500   2000',
    ].join('\n'),
  );
  expect(bundle['text/html']).toMatch(/<td style="text-align:right;[^"]*">0.021<\/td>/);
  expect(bundle['text/html']).toMatch(/<td style="text-align:left;[^"]*">adam<\/td>/);
  expect(bundle['text/html']).not.toContain('<style');
});

test('printed, alone or in a list, it is its text', () => {
  const shown = table([{ loss: 0.5 }]);
  expect(inspect(shown)).toBe('loss\n────\n 0.5');
  expect(inspect([shown])).toContain('────');
});

test('columns, typed arrays, tensors, lists and single values are tables too', () => {
  const columns = { a: new Float32Array([0.1, 0.2]), b: ['x', 'y'] };
  expect(bundleOf(columns)['text/plain']).toBe('  a  b\n───  ─\n0.1  x\n0.2  y');
  const tensor = {
    shape: [2, 2],
    arraySync: () => [
      [1, 2],
      [3, 4],
    ],
  };
  expect(bundleOf(tensor)['text/plain']).toBe('0  1\n─  ─\n1  2\n3  4');
  expect(bundleOf({ shape: [], arraySync: () => 7 })['text/plain']).toBe('value\n─────\n    7');
  expect(bundleOf({ loss: 0.5, name: 'a' })['text/plain']).toBe('loss  name\n────  ────\n 0.5  a');
  expect(bundleOf(new Set([1, 2]))['text/plain']).toBe('value\n─────\n    1\n    2');
  expect(() => table({ shape: [1, 1, 1], arraySync: () => [[[1]]] })).toThrow(/shape \[1, 1, 1\].*0, 1 or 2/);
  expect(() => table(5)).toThrow(/the data is 5; allowed are rows, columns or a tensor/);
});

test('cells of every type read well', () => {
  const when = new Date('2024-03-01T00:00:00Z');
  const cells = [
    null,
    undefined,
    Number.NaN,
    true,
    12n,
    when,
    { a: [1, { b: 2 }] },
    () => 1,
    'two\nlines',
    new Date(NaN),
  ];
  const lines = bundleOf(cells.map((cell) => ({ cell })))
    ['text/plain']?.split('\n')
    .slice(2);
  expect(lines).toEqual([
    'null',
    'undefined',
    'NaN',
    'true',
    '12',
    '2024-03-01',
    '{ a: [ 1, [Object] ] }',
    '[Function (anonymous)]',
    'two⏎lines',
    'Invalid Date',
  ]);
  expect(bundleOf([{ a: 'x\ny<' }])['text/html']).toContain(
    'white-space:pre-wrap;overflow-wrap:anywhere">x\ny&lt;</td>',
  );
  expect(bundleOf([{ a: html`<b>bold</b>` }])['text/html']).toMatch(
    /<td style="text-align:left;[^"]*"><b>bold<\/b><\/td>/,
  );
  expect(bundleOf([{ a: html`<b>bold</b>` }])['text/plain']).toContain('bold');
});

test('numbers of a column line up; very small and very large ones keep their size', () => {
  const text = bundleOf({ x: [1, 0.25, 1 / 3, -2e-9, 3e12, Infinity, NaN] })['text/plain'];
  expect(text?.split('\n').slice(2)).toEqual([
    '            1.000000',
    '            0.250000',
    '            0.333333',
    '           -2e-9',
    '3000000000000',
    '            Infinity',
    '                 NaN',
  ]);
});

test('long tables show their first and last rows, and how many are between', () => {
  const rows = Array.from({ length: 100_000 }, (_, i) => ({ i, square: i * i }));
  const bundle = bundleOf(rows, { maxRows: 5 });
  expect(bundle['text/plain']?.split('\n')).toEqual([
    '    i      square',
    '─────  ──────────',
    '    0           0',
    '    1           1',
    '    2           4',
    '… 99,995 more rows',
    '99998  9999600004',
    '99999  9999800001',
  ]);
  expect(bundle['text/html']?.match(/<tr/g)).toHaveLength(7);
  expect(bundleOf(rows.slice(0, 21))['text/plain']).toContain('\n… 1 more row\n');
  expect(bundleOf(rows.slice(0, 30), { maxRows: Number.POSITIVE_INFINITY })['text/plain']).not.toContain(
    'more',
  );
  expect(bundleOf([])['text/plain']).toContain('no rows');
  expect(() => table(rows, { maxRows: -1 })).toThrow(/maxRows is -1/);
  expect(() => table(rows, { maxRows: 1.5 })).toThrow(RangeError);
});

test('getters that throw, Proxies and circular cells are shown, not raised', () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const trap = new Proxy(
    { a: 1 },
    {
      get: () => {
        throw new Error('trapped');
      },
    },
  );
  const getter = {
    get a(): never {
      throw new Error('getter');
    },
  };
  const closed = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('closed');
      },
    },
  );
  const text = bundleOf([{ a: circular }, trap, getter, closed])['text/plain'];
  expect(text).toContain('[unreadable: trapped]');
  expect(text).toContain('[unreadable: getter]');
  expect(text).toContain('Circular');
});

test('no cell and no column name can open a tag', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (name, cell) => {
      const empty = bundleOf([['']])['text/html'] ?? '';
      const filled = bundleOf([{ [`_${name}`]: cell }])['text/html'] ?? '';
      expect(filled.match(/</g)?.length).toBe(empty.match(/</g)?.length);
    }),
  );
});

test('Maps are rows', () => {
  const rows = [new Map([['a', 1]]), new Map([['a', 2]])];
  expect(bundleOf(rows)['text/plain']).toBe('a\n─\n1\n2');
  expect(bundleOf([new Map<unknown, unknown>([[1, 'x']]), { a: 2 }, new Map()])['text/plain']).toBe(
    '1  a\n─  ─\nx\n   2\n',
  );
});

test('rows without cells of their own are values', () => {
  const text = (data: unknown): string[] | undefined => bundleOf(data)['text/plain']?.split('\n');
  const column = (...cells: string[]): unknown => ['value', expect.stringMatching(/^─+$/), ...cells];
  expect(text([new Set([1])])).toEqual(column('Set(1) { 1 }'));
  expect(text([/x/, new URL('http://x')])).toEqual(column('/x/', 'http://x/'));
  expect(text([Object.assign(new RangeError('boom'), { code: 1 })])).toEqual(column('RangeError: boom'));
  expect(text([{}])).toEqual(column('{}'));
  expect(text([[], []])).toEqual(column('[]', '[]'));
  expect(text([{ a: 1 }, {}, /x/])).toEqual(['a  value', '─  ─────', '1', '', '   /x/']);
  expect(text(new Error('boom'))).toEqual(column('Error: boom'));
  expect(text([{ outerHTML: '<b>bold</b>' }])).toEqual(column('bold'));
  expect(bundleOf([{ a: { outerHTML: '<b>bold</b>' } }])['text/html']).toContain('<b>bold</b></td>');
});

test('numbers that were formatted beforehand are aligned like numbers', () => {
  const data = { a: ['0.2', '20.0'], b: ['1.63 ± 0.24', '10.00 ± 0.07'], c: ['1 m', '20 m'] };
  expect(bundleOf(data)['text/plain']?.split('\n').slice(2)).toEqual([
    ' 0.2   1.63 ± 0.24  1 m',
    '20.0  10.00 ± 0.07  20 m',
  ]);
});

test('what stands for a number that is missing or not finite leaves its column aligned', () => {
  const data = { a: ['0.352', 'NaN', '-∞'], b: [9, '', 12], c: ['–', 'NaN', ''], d: ['1', 'none', '10'] };
  expect(bundleOf(data)['text/plain']?.split('\n').slice(2)).toEqual([
    '0.352   9  –    1',
    '  NaN      NaN  none',
    '   -∞  12       10',
  ]);
});
