import { expect, test } from 'vitest';
import { rasterize } from '../../../../src/display/raster.ts';
import { thinLines } from '../../../../src/display/vega/thin.ts';
import { decodePng } from '../png.ts';

const picture = (count: number, x: (i: number) => number, y: (i: number) => number): string => {
  const points = Array.from({ length: count }, (_, i) => `${x(i).toFixed(3)},${y(i).toFixed(3)}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><path d="M${points.join('L')}" fill="none" stroke="#06c"/></svg>`;
};

test('a dense line keeps its picture with a few points a column', () => {
  const dense = picture(
    20_000,
    (i) => i / 100,
    (i) => 30 + 25 * Math.sin(i / 700) + (i % 5),
  );
  const thin = thinLines(dense, 2);
  expect(thin.split('L').length).toBeLessThan(4 * 400 + 10);
  const [before, after] = [dense, thin].map((svg) => decodePng(rasterize(svg, { scale: 2 }).png));
  let different = 0;
  before?.data.forEach((value, index) => {
    if (Math.abs(value - (after?.data[index] ?? 0)) > 64) different++;
  });
  expect(different / (before?.data.length ?? 1)).toBeLessThan(0.02);
});

test('short lines and lines that turn back stay as they are', () => {
  const short = picture(
    100,
    (i) => i,
    (i) => i,
  );
  expect(thinLines(short, 2)).toBe(short);
  const circle = picture(
    20_000,
    (i) => 100 + 50 * Math.cos(i),
    (i) => 30 + 20 * Math.sin(i),
  );
  expect(thinLines(circle, 2)).toBe(circle);
});
