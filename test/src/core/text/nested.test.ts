import { expect, test } from 'vitest';
import { nestedText } from '../../../../src/core/text/nested.ts';

const count = (size: number): number[] => Array.from({ length: size }, (_, i) => i);
const floats = (shape: number[]): string =>
  nestedText({ shape, dtype: 'float32', values: count(shape.reduce((a, b) => a * b, 1)) });

test('vectors, matrices and what has more axes', () => {
  expect(floats([])).toBe('0');
  expect(floats([0, 3])).toBe('[]');
  expect(floats([3])).toBe('[0, 1, 2]');
  expect(floats([2, 3])).toBe('[[0, 1, 2],\n [3, 4, 5]]');
  expect(floats([3, 1])).toBe('[[0], [1], [2]]');
  expect(floats([1, 1])).toBe('[[0]]');
  expect(floats([2, 1, 2])).toBe('[[[0, 1]],\n\n [[2, 3]]]');
});

test('long axes are shown by their ends', () => {
  expect(floats([1000])).toBe('[  0,   1,   2, …, 997, 998, 999]');
  expect(floats([300, 2]).split('\n')).toEqual([
    '[[  0,   1],',
    ' [  2,   3],',
    ' [  4,   5],',
    ' …,',
    ' [594, 595],',
    ' [596, 597],',
    ' [598, 599]]',
  ]);
  expect(floats([10, 10, 10, 10]).split('\n').length).toBeLessThan(25);
});

test('long rows are broken', () => {
  const lines = floats([40]).split('\n');
  expect(lines).toHaveLength(2);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test('other types than numbers', () => {
  expect(nestedText({ shape: [2], dtype: 'bool', values: [1, 0] })).toBe('[ true, false]');
  expect(nestedText({ shape: [2], dtype: 'complex64', values: [1, 2, -3, -4.5] })).toBe(
    '[ 1 + 2.0i, -3 - 4.5i]',
  );
  const strings = ['a', 'x\ny', 'z'.repeat(99), new TextEncoder().encode('ä')];
  expect(nestedText({ shape: [4], dtype: 'string', values: strings })).toBe(
    `["a"${' '.repeat(23)}, "x\\ny"${' '.repeat(20)}, "${'z'.repeat(23)}…", "ä"]`,
  );
});
