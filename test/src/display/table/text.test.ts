import { expect, test } from 'vitest';
import { table } from '../../../../src/display/index.ts';

const lines = (data: unknown, options = {}): string[] => String(table(data, options)).split('\n');

test('points are under each other, also with exponents', () => {
  expect(lines({ rate: [0.1, 0.025, 1e-5, -12.5, 3] }).slice(2)).toEqual([
    '  0.100',
    '  0.025',
    '  1e-5',
    '-12.500',
    '  3.000',
  ]);
});

test('wide characters and emoji are measured', () => {
  expect(lines({ name: ['漢字', '👩‍👩‍👧', 'é', '🇫🇷', 'abcd'], n: [1, 2, 3, 4, 5] })).toEqual([
    'name  n',
    '────  ─',
    '漢字  1',
    '👩‍👩‍👧    2',
    'é     3',
    '🇫🇷    4',
    'abcd  5',
  ]);
});

test('lines have at most 100 characters: cells are cut first, columns are left out then', () => {
  const text = 'word '.repeat(30);
  const cells = lines([{ a: text, b: text, c: text }]);
  expect(Math.max(...cells.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(cells[0]).toMatch(/^a +b +c$/);
  const wide = lines([Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`column ${n}`, n]))]);
  expect(Math.max(...wide.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(wide[0]).toMatch(/^column 0 .* … .* column 29$/);
  expect(wide.at(-1)).toMatch(/^… \d+ more columns$/);
});

test('null, undefined, NaN, absent cells and empty text are told apart from values', () => {
  expect(lines([{ a: null, b: 1 }, { a: undefined, b: Number.NaN }, { b: 2 }, { a: '', b: -0 }])).toEqual([
    ...[
      'a            b',
      '─────────  ───',
      'null         1',
      'undefined  NaN',
      '             2',
      '            -0',
    ],
  ]);
});

test('a caption, row numbers and control characters', () => {
  expect(lines({ a: ['x\ty\n\u001b[31mz'] }, { caption: 'Runs', index: true })).toEqual([
    'Runs',
    '   a',
    '─  ──────────────',
    '0  x\\ty⏎\\x1B[31mz',
  ]);
});
