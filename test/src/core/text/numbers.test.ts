import { expect, test } from 'vitest';
import { alignNumbers, briefNumber, bytesText, float32Text } from '../../../../src/core/text/numbers.ts';

test.each([
  [
    [1, 2, 30],
    [' 1', ' 2', '30'],
  ],
  [
    [1.5, -2],
    [' 1.5', '-2.0'],
  ],
  [
    [0.1, 0.25, 100.125],
    ['  0.100', '  0.250', '100.125'],
  ],
  [
    [Math.fround(0.1), Math.fround(0.2)],
    ['0.1', '0.2'],
  ],
  [
    [1e-10, 1, 1e10],
    ['1e-10', ' 1e+0', '1e+10'],
  ],
  [
    [1e-7, 2.5e-7],
    ['1.0e-7', '2.5e-7'],
  ],
  [
    [0.0012345678, -0.5],
    [' 0.001235', '-0.500000'],
  ],
  [
    [Number.NaN, 1, Number.POSITIVE_INFINITY],
    ['     NaN', '       1', 'Infinity'],
  ],
  [
    [0, 0],
    ['0', '0'],
  ],
  [[], []],
])('%j is written in columns', (values, expected) => {
  expect(alignNumbers(values)).toEqual(expected);
});

test('single numbers are short', () => {
  expect(float32Text(Math.fround(0.1))).toBe('0.1');
  expect(float32Text(Math.fround(1 / 3))).toBe('0.33333334');
  expect(float32Text(16777216)).toBe('16777216');
  expect(briefNumber(0.123456)).toBe('0.1235');
  expect([0, 1023, 1024, 5e6, 3e9].map(bytesText)).toEqual([
    '0 B',
    '1023 B',
    '1.00 KB',
    '4.77 MB',
    '2.79 GB',
  ]);
});
