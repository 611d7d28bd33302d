import { describe, expect, test } from 'vitest';
import { digits } from '../../../src/datasets/index.ts';

const counts = (labels: Int32Array, classes: number): number[] =>
  Array.from({ length: classes }, (_, label) => labels.filter((found) => found === label).length);

describe('digits', () => {
  const all = digits();

  test('are 10,000 different images of 28 × 28 bytes in [0, 1]', () => {
    expect(all.shape).toEqual([28, 28, 1]);
    expect(all.classes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(all.x).toHaveLength(10_000);
    expect(new Set(all.x.map((row) => row.join())).size).toBe(10_000);
    for (const row of all.x.slice(0, 100)) {
      expect(row).toHaveLength(784);
      for (const value of row) expect(value * 255).toBeCloseTo(Math.round(value * 255), 4);
      expect(Math.min(...row)).toBe(0);
      expect(Math.max(...row)).toBeGreaterThan(0.9);
    }
  });

  // The numbers of samples that the package's files hold: their lengths over 784.
  test('are as many of each as the package has, if all are asked for', () => {
    expect(counts(all.y, 10)).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
  });

  test('are what their labels say: the mean image of each digit names most of the others', () => {
    const { x, y } = digits({ samples: 2000, seed: 3 });
    const means = Array.from({ length: 10 }, () => new Float64Array(784));
    x.slice(0, 1500).forEach((row, i) => {
      row.forEach((value, pixel) => {
        means[y[i]!]![pixel]! += value / 150;
      });
    });
    const distance = (row: Float32Array, mean: Float64Array): number =>
      row.reduce((sum, value, pixel) => sum + (value - mean[pixel]!) ** 2, 0);
    const hits = x.slice(1500).filter((row, i) => {
      const distances = means.map((mean) => distance(row, mean));
      return distances.indexOf(Math.min(...distances)) === y[1500 + i];
    });
    expect(hits.length / 500).toBeGreaterThan(0.7);
  });

  test('are dealt evenly as long as there are any, in random order', () => {
    expect(counts(digits({ samples: 200 }).y, 10)).toEqual(Array(10).fill(20));
    expect(counts(digits({ samples: 13 }).y, 10)).toEqual([2, 2, 2, 1, 1, 1, 1, 1, 1, 1]);
    // 863 fives and 944 eights are all that there are; 7693 are left for the other eight classes.
    expect(counts(digits({ samples: 9500 }).y, 10)).toEqual([
      962, 962, 962, 962, 962, 863, 961, 961, 944, 961,
    ]);
    expect([...digits({ samples: 200 }).y.slice(0, 100)]).toContain(9);
  });

  test('the same seed gives the same, another seed others', () => {
    const make = (seed: number): object => digits({ samples: 50, seed });
    expect(make(1)).toEqual(make(1));
    expect(make(1)).not.toEqual(make(2));
  });

  test('some classes are counted in the order given', () => {
    const { x, y, classes } = digits({ samples: 20, classes: [7, 1], seed: 2 });
    expect(classes).toEqual([7, 1]);
    expect(counts(y, 2)).toEqual([10, 10]);
    const ink = (label: number): number => {
      const rows = x.filter((_, i) => y[i] === label);
      return rows.flatMap((row) => [...row]).reduce((a, b) => a + b) / rows.length;
    };
    // A seven has two strokes, a one has one.
    expect(ink(0)).toBeGreaterThan(ink(1));
    expect(digits({ classes: [5] }).x).toHaveLength(863);
  });

  test('options that are none, or not what they should be, are named', () => {
    const cases: [unknown, string][] = [
      [{ sample: 5 }, "digits: options must be among 'samples', 'classes', 'seed'; received 'sample'"],
      [{ samples: 10_001 }, 'digits: samples must be an integer in [1, 10000]; received 10001'],
      [{ samples: 0 }, 'digits: samples must be an integer in [1, 10000]; received 0'],
      [{ samples: 900, classes: [5] }, 'digits: samples must be an integer in [1, 863]; received 900'],
      [{ classes: [] }, 'digits: classes must be an array of different ones of 0, 1, 2, 3'],
      [{ classes: 3 }, 'received 3'],
      [{ classes: [1, 12] }, 'received 12 among them'],
      [{ classes: [1, 2, 1] }, 'received 1 twice'],
      [{ seed: -1 }, 'digits: seed must be an integer in [0, 4294967295]; received -1'],
    ];
    for (const [options, message] of cases) expect(() => digits(options as object)).toThrow(message);
  });
});
