import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logScale, placeOf, shortNumber, stepScale, valueScale } from '../../../../src/display/live/scale.ts';

describe('ticks', () => {
  test('of values are round numbers', () => {
    expect(valueScale(0.2, 2.31, 5)).toMatchObject({
      ...{ low: 0, high: 2.375, isLog: false },
      ...{ ticks: [0, 0.5, 1, 1.5, 2], labels: ['0.0', '0.5', '1.0', '1.5', '2.0'] },
    });
    expect(valueScale(0.951, 0.988, 5)).toMatchObject({
      low: 0.95,
      labels: ['0.95', '0.96', '0.97', '0.98', '0.99'],
    });
    expect(valueScale(-3, 3, 5).labels).toEqual(['−3', '−2', '−1', '0', '1', '2', '3']);
    expect(valueScale(1000, 9000, 5).labels).toEqual(['0', '2,000', '4,000', '6,000', '8,000']);
    expect(valueScale(1e-7, 5e-7, 5).labels).toContain('2e-7');
  });

  test('of one value stand around it', () => {
    const { low, high, ticks } = valueScale(3, 3, 5);
    expect(low).toBeLessThan(3);
    expect(high).toBeGreaterThan(3);
    expect(ticks).toContain(3);
    expect(valueScale(0, 0, 5)).toMatchObject({ high: 1 });
  });

  test('of steps are whole numbers between the first and the last', () => {
    expect(stepScale(1, 12, 6)).toMatchObject({ low: 1, high: 12, ticks: [2, 4, 6, 8, 10, 12] });
    expect(stepScale(1, 3, 6).ticks).toEqual([1, 2, 3]);
    expect(stepScale(0, 10_000, 6).labels).toContain('2,000');
    expect(stepScale(5, 5, 6)).toMatchObject({ low: 4, high: 6 });
  });

  test('of logarithms are powers of ten', () => {
    expect(logScale(0.004, 3, 5)).toMatchObject({
      ...{ low: 0.001, high: 10, isLog: true },
      labels: ['0.001', '0.01', '0.1', '1', '10'],
    });
    expect(logScale(2e-9, 1, 5).labels).toEqual(['1e-9', '1e-7', '1e-5', '1e-3', '1e-1']);
    expect(logScale(1, 1, 5)).toMatchObject({ low: 1, high: 10 });
  });

  test('lie on the axis, and so do the values', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(value, value, (one, two) => {
        const scale = valueScale(Math.min(one, two), Math.max(one, two), 5);
        const place = placeOf(scale);
        for (const at of [...scale.ticks, one, two]) {
          expect(place(at)).toBeGreaterThanOrEqual(-1e-6);
          expect(place(at)).toBeLessThanOrEqual(1 + 1e-6);
        }
        expect(scale.ticks.length).toBeLessThan(12);
        expect(scale.ticks.length).toBeGreaterThan(0);
      }),
    );
  });
});

test('places', () => {
  expect(placeOf(valueScale(0, 10, 5))(5)).toBe(0.5);
  expect(placeOf(logScale(1, 100, 5))(10)).toBe(0.5);
});

test.each<[number, string]>([
  [0, '0'],
  [0.123456, '0.1235'],
  [1234.5678, '1235'],
  [123456, '123500'],
  [1.5e-5, '1.5e-5'],
  [-2e-7, '−2e-7'],
  [3e12, '3e12'],
  [Number.NaN, 'NaN'],
])('%s is written %s', (value, text) => {
  expect(shortNumber(value)).toBe(text);
});
