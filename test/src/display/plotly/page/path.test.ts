import { expect, test } from 'vitest';
import { lengthOf, pathLines, pointAt } from '../../../../../src/display/plotly/page/path.ts';

test.each([
  ['M0,0L3,4', 5],
  ['M0 0H3V4', 7],
  ['m1,1 3,4 h2 v-1z', 5 + 2 + 1 + Math.hypot(5, 3)],
  ['M0,0L1,0M5,5L5,7', 3],
  ['M-1e1,0L10,.5', Math.hypot(20, 0.5)],
  ['M0,0C0,0 10,0 10,0', 10],
])('the length of %s', (data, length) => {
  expect(lengthOf(pathLines(data))).toBeCloseTo(length, 6);
});

test('arcs are as long as they should be', () => {
  expect(lengthOf(pathLines('M10,0A10,10 0 0 1 -10,0'))).toBeCloseTo(10 * Math.PI, 0);
  expect(lengthOf(pathLines('M10,0A10,10 0 1 1 0,-10'))).toBeCloseTo(15 * Math.PI, 0);
  expect(lengthOf(pathLines('M10,0A10,10 0 0 0 0,-10'))).toBeCloseTo(5 * Math.PI, 0);
});

test('points along a path, and beyond its ends', () => {
  const lines = pathLines('M0,0H10V10');
  expect(pointAt(lines, 5)).toEqual([5, 0]);
  expect(pointAt(lines, 15)).toEqual([10, 5]);
  expect(pointAt(lines, 99)).toEqual([10, 10]);
  expect(pointAt(lines, -1)).toEqual([0, 0]);
});
