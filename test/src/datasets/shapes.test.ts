import { describe, expect, test } from 'vitest';
import { shapes } from '../../../src/datasets/index.ts';

describe('shapes', () => {
  test('are rows of pixels in [0, 1], dealt evenly, in random order', () => {
    const { x, y, shape, classes } = shapes({ samples: 52, size: 16, seed: 1 });
    expect(shape).toEqual([16, 16, 3]);
    expect(classes).toHaveLength(10);
    expect(x).toHaveLength(52);
    for (const row of x) {
      expect(row).toHaveLength(16 * 16 * 3);
      expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...row)).toBeLessThanOrEqual(1);
    }
    const counts = classes.map((_, label) => y.filter((found) => found === label).length);
    expect(counts).toEqual([6, 6, 5, 5, 5, 5, 5, 5, 5, 5]);
    expect([...y.slice(0, 30)]).not.toEqual([...y.slice(0, 30)].sort());
  });

  test('the same seed gives the same, another seed others', () => {
    const make = (seed: number): object => shapes({ samples: 12, size: 12, seed });
    expect(make(3)).toEqual(make(3));
    expect(make(3)).not.toEqual(make(4));
  });

  test('without noise have two colours, and shades of both along the outline alone', () => {
    const { x } = shapes({ samples: 20, size: 32, channels: 1, noise: 0, seed: 5 });
    for (const image of x) {
      const ground = image[0]!;
      const values = new Map<number, number>();
      for (const value of image) values.set(value, (values.get(value) ?? 0) + 1);
      const [ink = Number.NaN] = [...values]
        .filter(([value]) => value !== ground)
        .sort(([, a], [, b]) => b - a)
        .map(([value]) => value);
      expect([ground <= 0.45, ink >= 0.55]).toEqual([true, true]);
      const shades = image.filter((value) => value !== ground && value !== ink);
      expect(shades.length).toBeGreaterThan(0);
      for (const shade of shades) {
        expect(shade).toBeGreaterThanOrEqual(Math.min(ink, ground));
        expect(shade).toBeLessThanOrEqual(Math.max(ink, ground));
      }
      expect(shades.length).toBeLessThan(image.length / 4);
    }
  });

  test('lie whole within the image', () => {
    for (const { x } of [shapes({ samples: 100, noise: 0, channels: 1, seed: 6 })]) {
      for (const image of x) {
        const corners = [0, 31, 32 * 31, 32 * 32 - 1].map((at) => image[at]);
        expect(new Set(corners).size).toBe(1);
      }
    }
  });

  test('the noise has the standard deviation asked for, where nothing is cut off', () => {
    const options = { samples: 40, channels: 1, seed: 7 } as const;
    const [clean, noisy] = [shapes({ ...options, noise: 1e-9 }), shapes({ ...options, noise: 0.05 })];
    const errors = clean.x.flatMap((image, i) =>
      [...image].flatMap((value, at) => (value > 0.25 && value < 0.75 ? [noisy.x[i]![at]! - value] : [])),
    );
    const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;
    expect(errors.length).toBeGreaterThan(5000);
    // The standard errors are below 0.05/√5000 = 0.0007.
    expect(Math.abs(mean(errors))).toBeLessThan(0.003);
    expect(Math.abs(Math.sqrt(mean(errors.map((e) => e * e))) - 0.05)).toBeLessThan(0.003);
  });

  test('some classes are counted in the order given', () => {
    const { y, classes } = shapes({ samples: 9, size: 8, classes: ['star', 'ring', 'heart'] });
    expect(classes).toEqual(['star', 'ring', 'heart']);
    expect([...y].sort()).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  });

  test('options that are none, or not what they should be, are named', () => {
    const cases: [unknown, string][] = [
      [{ sizes: 5 }, "received 'sizes'; did you mean 'size'?"],
      [{ samples: 0 }, 'shapes: samples must be an integer of at least 1; received 0'],
      [{ size: 7 }, 'shapes: size must be an integer in [8, 512]; received 7'],
      [{ channels: 4 }, 'shapes: channels must be 1 or 3; received 4'],
      [{ noise: -1 }, 'shapes: noise must be a finite number of at least 0; received -1'],
      [{ classes: ['star', 'stair'] }, 'received "stair" among them; did you mean \'star\'?'],
      [{ classes: 'star' }, 'shapes: classes must be an array of different ones of "circle", "ring"'],
      [{ seed: 0.5 }, 'shapes: seed must be an integer in [0, 4294967295]; received 0.5'],
    ];
    for (const [options, message] of cases) expect(() => shapes(options as object)).toThrow(message);
  });
});
