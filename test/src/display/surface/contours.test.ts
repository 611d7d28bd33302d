import { expect, test } from 'vitest';
import { contoursOf } from '../../../../src/display/surface/contours.ts';
import { evaluateGrid } from '../../../../src/display/surface/grid.ts';

const box = [-2, 2] as const;

test('the contour of a round bowl is a circle', () => {
  const grid = evaluateGrid((x, y) => x * x + y * y, box, box, 80);
  const contours = contoursOf(grid, 1);
  expect(contours).toHaveLength(1);
  const [circle] = contours;
  for (const [index, x] of (circle?.x ?? []).entries()) {
    expect(Math.hypot(x, circle?.y[index] ?? 0)).toBeCloseTo(1, 2);
  }
  expect(circle?.x.at(-1)).toBe(circle?.x[0]);
});

test('the contour of a plane is a straight line from edge to edge', () => {
  const grid = evaluateGrid((x, y) => x + y, box, box, 20);
  const [line, ...others] = contoursOf(grid, 0.5);
  expect(others).toEqual([]);
  for (const [index, x] of (line?.x ?? []).entries()) expect(x + (line?.y[index] ?? 0)).toBeCloseTo(0.5, 10);
  expect(line?.x).toHaveLength(new Set(line?.x.map((x) => x.toFixed(9))).size);
});

test('a saddle has two lines at its level, which do not cross', () => {
  const grid = evaluateGrid((x, y) => x * y, box, box, 21);
  const contours = contoursOf(grid, 0.05);
  expect(contours).toHaveLength(2);
  for (const { x, y } of contours) {
    expect(new Set(x.map((value, index) => Math.sign(value + (y[index] ?? 0)))).size).toBe(1);
  }
});

test('values that are not finite interrupt a line, and no level is no line', () => {
  const grid = evaluateGrid((x, y) => (Math.abs(x) < 0.3 ? Number.NaN : y), box, box, 20);
  expect(contoursOf(grid, 0.05)).toHaveLength(2);
  expect(contoursOf(grid, 99)).toEqual([]);
});
