import { expect, test } from 'vitest';
import { sparkline } from '../../../src/display/sparkline.ts';

test('values are bars between the lowest and the highest', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([7, 0])).toBe('█▁');
  expect(sparkline([-3, Number.NaN, 3])).toBe('▁ █');
});

test('one value, or one again and again, is low', () => {
  expect(sparkline([5])).toBe('▁');
  expect(sparkline([5, 5, 5])).toBe('▁▁▁');
  expect(sparkline([])).toBe('');
  expect(sparkline([Number.NaN])).toBe(' ');
});

test('many values are thinned: the first and the last stay', () => {
  const line = sparkline(Array.from({ length: 1000 }, (_, i) => i));
  expect([...line]).toHaveLength(30);
  expect(line).toMatch(/^▁.*█$/);
  expect(sparkline(new Array<number>(1_000_000).fill(1), 3)).toBe('▁▁▁');
});

test('a million values are no more arguments than two', () => {
  expect(sparkline(Array.from({ length: 1_000_000 }, (_, i) => i))).toMatch(/^▁.*█$/);
});
