import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Series } from '../../../../src/display/live/series.ts';

const filled = (values: readonly number[], maxPoints: number): Series => {
  const series = new Series(maxPoints);
  values.forEach((value, x) => void series.add(x, value));
  return series;
};

test('few points are all there', () => {
  const values = Array.from({ length: 490 }, (_, i) => Math.sin(i));
  expect(
    filled(values, 500)
      .points()
      .map(({ y }) => y),
  ).toEqual(values);
});

test('many are thinned: the ends and the extremes stay, in their order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 2000 }),
      fc.integer({ min: 20, max: 100 }),
      (values, maxPoints) => {
        const points = filled(values, maxPoints).points();
        expect(points.length).toBeLessThanOrEqual(maxPoints);
        expect([points[0]!.y, points.at(-1)!.y]).toEqual([values[0], values.at(-1)]);
        const ys = points.map(({ y }) => y);
        expect([Math.min(...ys), Math.max(...ys)]).toEqual([Math.min(...values), Math.max(...values)]);
        points.slice(1).forEach((point, i) => void expect(point.order).toBeGreaterThan(points[i]!.order));
        for (const { x, y } of points) expect(values[x]).toBe(y);
      },
    ),
  );
});

test('a million take no more room than five hundred', () => {
  const series = new Series(500);
  for (let x = 0; x < 1e6; x++) series.add(x, x === 700_001 ? 99 : Math.cos(x / 1e5));
  const points = series.points();
  expect(points.length).toBeLessThanOrEqual(500);
  expect(points.length).toBeGreaterThan(240);
  expect(points.some(({ x, y }) => x === 700_001 && y === 99)).toBe(true);
});

test('a line is broken where it was told to, and where the axis goes back', () => {
  const series = new Series(20);
  series.add(1, 1);
  series.add(2, 1);
  series.break();
  series.add(3, 1);
  series.add(1, 2);
  expect(series.points().map(({ isStart }) => isStart)).toEqual([true, false, true, true]);
});

test('a gap survives the thinning', () => {
  const series = new Series(20);
  for (let x = 0; x < 1000; x++) {
    if (x === 501) series.break();
    series.add(x, x % 7);
  }
  expect(series.points().filter(({ isStart }) => isStart)).toHaveLength(2);
});
