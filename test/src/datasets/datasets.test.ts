import { expect, test } from 'vitest';
import { blobs, moons, regression } from '../../../src/datasets/index.ts';

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

test('the same seed gives the same data, another seed other data', () => {
  for (const make of [regression, blobs, moons] as const) {
    expect(make({ seed: 3 })).toEqual(make({ seed: 3 }));
    expect(make({ seed: 3 })).not.toEqual(make({ seed: 4 }));
  }
});

test('regression without noise lies on the polynomial', () => {
  const { x, y, outliers } = regression({ samples: 20, coefficients: [1, -2, 3], range: [0, 4], noise: 0 });
  expect(outliers).toEqual([]);
  expect([...x]).toEqual([...x].sort((a, b) => a - b));
  expect(x[0]!).toBeGreaterThanOrEqual(0);
  expect(x.at(-1)!).toBeLessThan(4);
  x.forEach((value, i) => {
    expect(y[i]!).toBeCloseTo(1 - 2 * value + 3 * value ** 2, 4);
  });
});

test('the noise of a regression has the standard deviation asked for', () => {
  const { x, y } = regression({ samples: 4000, noise: 0.5, seed: 1 });
  const errors = Array.from(x, (value, i) => y[i]! - (1 + 2 * value));
  expect(mean(errors)).toBeCloseTo(0, 1);
  // The standard error of the estimate is 0.5/√8000 = 0.0056.
  expect(Math.sqrt(mean(errors.map((e) => e * e)))).toBeGreaterThan(0.48);
  expect(Math.sqrt(mean(errors.map((e) => e * e)))).toBeLessThan(0.52);
});

test('outliers are as many and as far as asked for, and named', () => {
  const { x, y, outliers } = regression({ samples: 40, noise: 0, outliers: 0.25, outlierOffset: 8, seed: 2 });
  expect(outliers).toHaveLength(10);
  expect(outliers).toEqual([...outliers].sort((a, b) => a - b));
  x.forEach((value, i) => {
    const above = y[i]! - (1 + 2 * value);
    if (outliers.includes(i)) expect(above).toBeGreaterThan(4);
    else expect(above).toBeCloseTo(0, 5);
  });
});

test('blobs lie around their centers, evenly dealt and shuffled', () => {
  const centers = [
    [0, 0, 0],
    [9, 9, 9],
  ];
  const { x, y } = blobs({ samples: 101, centers, std: 0.5, seed: 5 });
  expect(x).toHaveLength(101);
  expect(y.filter((label) => label === 0)).toHaveLength(51);
  expect([...y.slice(0, 51)]).toContain(1);
  x.forEach((point, i) => {
    for (const value of point) expect(Math.abs(value - centers[y[i]!]![0]!)).toBeLessThan(3);
  });
  expect(blobs({ centers: 4, features: 5 }).x[0]).toHaveLength(5);
});

test('moons without noise lie on their half circles', () => {
  const { x, y } = moons({ samples: 31, noise: 0 });
  expect(y.filter((label) => label === 0)).toHaveLength(16);
  x.forEach(([a, b], i) => {
    const [dx, dy] = y[i] === 0 ? [a!, b!] : [a! - 1, b! - 0.5];
    expect(Math.hypot(dx, dy)).toBeCloseTo(1, 10);
    expect(y[i] === 0 ? dy : -dy).toBeGreaterThan(-1e-10);
  });
});

test('options that are none, or not what they should be, are named', () => {
  const unchecked = { blobs, moons, regression } as Record<string, (options: unknown) => unknown>;
  const cases: [string, unknown, string][] = [
    [
      'blobs',
      { sample: 5 },
      "blobs: options must be among 'samples', 'centers', 'features', 'std', 'centerBox', 'seed'; received 'sample'; did you mean 'samples'?",
    ],
    ['moons', { sd: 5 }, "moons: options must be among 'samples', 'noise', 'seed'; received 'sd'"],
    ['regression', 5, "regression: options must be an object with any of 'samples'"],
    [
      'blobs',
      { centerBox: [10, -10] },
      'blobs: centerBox must be two finite numbers, the smaller first; received [10,-10]',
    ],
    ['blobs', { centerBox: [0, Number.NaN] }, 'blobs: centerBox must be two finite numbers'],
    ['blobs', { centerBox: ['0', '1'] }, 'blobs: centerBox must be two finite numbers'],
    ['blobs', { centerBox: 3 }, 'blobs: centerBox must be two finite numbers, the smaller first; received 3'],
    [
      'blobs',
      { centers: '3' },
      'blobs: centers must be a number or points of equal length, all finite; received "3"',
    ],
    ['blobs', { centers: Number.NaN }, 'blobs: centers must be an integer of at least 1; received NaN'],
    ['blobs', { centers: [[0, Number.NaN]] }, 'blobs: centers must be a number or points'],
    ['blobs', { centers: [['0', '1']] }, 'blobs: centers must be a number or points'],
    [
      'blobs',
      { centers: [0, 1] },
      'blobs: centers must be a number or points of equal length, all finite; received [0,1]',
    ],
    ['blobs', { centers: [] }, 'blobs: centers must be a number or points'],
    ['blobs', { features: 0 }, 'blobs: features must be an integer of at least 1'],
    ['blobs', { seed: -1 }, 'blobs: seed must be an integer in [0, 4294967295]; received -1'],
    ['moons', { seed: '1' }, 'moons: seed must be an integer in [0, 4294967295]; received "1"'],
    ['regression', { seed: Number.NaN }, 'regression: seed must be an integer'],
    [
      'regression',
      { coefficients: [1, Number.NaN] },
      'regression: coefficients must be an array of finite numbers, the constant first',
    ],
    ['regression', { coefficients: '12' }, 'regression: coefficients must be an array of finite numbers'],
    ['regression', { coefficients: [] }, 'regression: coefficients must be an array of finite numbers'],
    [
      'regression',
      { range: [1, -1] },
      'regression: range must be two finite numbers, the smaller first; received [1,-1]',
    ],
    ['regression', { range: ['0', '1'] }, 'regression: range must be two finite numbers'],
    ['regression', { range: null }, 'regression: range must be two finite numbers'],
  ];
  for (const [name, options, message] of cases)
    expect(() => unchecked[name]!(options), message).toThrow(message);
});

test('options out of range are named', () => {
  expect(() => regression({ samples: 0 })).toThrow(
    'regression: samples must be an integer of at least 1; received 0',
  );
  expect(() => regression({ outliers: 1 })).toThrow('outliers must be a finite number in [0, 1); received 1');
  expect(() => regression({ range: [1, 1] })).toThrow('range must be two finite numbers');
  expect(() => blobs({ centers: [[1, 2], [3]] })).toThrow(
    'centers must be a number or points of equal length',
  );
  expect(() => moons({ noise: -1 })).toThrow(
    'moons: noise must be a finite number of at least 0; received -1',
  );
});
