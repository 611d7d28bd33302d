import { describe, expect, test } from 'vitest';
import { outlines } from '../../../../src/datasets/shapes/outlines.ts';

describe.each(Object.entries(outlines))('%s', (_name, outline) => {
  const steps = Array.from({ length: 61 }, (_, i) => (i - 30) / 20);
  const points = steps.flatMap((x) => steps.map((y) => [x, y] as const));

  test('lies within the unit circle and covers a fair part of it', () => {
    const inside = points.filter(([x, y]) => outline(x, y) < 0);
    for (const [x, y] of inside) expect(Math.hypot(x, y)).toBeLessThanOrEqual(1);
    expect(inside.length / points.length).toBeGreaterThan(0.1);
  });

  test('is a distance: it changes by no more than the way', () => {
    for (const [x, y] of points) {
      for (const [dx, dy] of [
        [0.05, 0],
        [0, 0.05],
      ] as const) {
        expect(Math.abs(outline(x + dx, y + dy) - outline(x, y))).toBeLessThanOrEqual(0.05 + 1e-9);
      }
    }
  });
});

// Areas by counting cells of 1/100: the discs and polygons have known ones.
test.each([
  ['circle', Math.PI * 0.85 ** 2],
  ['ring', Math.PI * (0.9 ** 2 - 0.5 ** 2)],
  ['semicircle', (Math.PI * 0.95 ** 2) / 2],
  ['triangle', (3 * Math.sqrt(3)) / 4],
  ['square', 2],
  // Two bars less the square that both have.
  ['cross', 2 * 1.9 * 0.56 - 0.56 ** 2],
] as const)('the area of the %s is %f', (name, area) => {
  let cells = 0;
  for (let i = -100; i < 100; i++) {
    for (let j = -100; j < 100; j++) cells += outlines[name]((i + 0.5) / 100, (j + 0.5) / 100) < 0 ? 1 : 0;
  }
  expect(Math.abs(cells / 10_000 - area)).toBeLessThan(0.02);
});
