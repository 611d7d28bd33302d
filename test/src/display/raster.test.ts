import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { rasterize, rasterizeCompact } from '../../../src/display/raster.ts';
import { decodePng } from './png.ts';

const circle = '<circle cx="20" cy="15" r="9" fill="tomato" opacity="0.5"/>';
const frame = 'xmlns="http://www.w3.org/2000/svg"';
const reference = (svg: string): string =>
  new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 } }).render().asPng().toString('base64');

test.each([
  [
    'an opaque picture',
    `<svg ${frame} width="40" height="30"><rect width="40" height="30" fill="white"/>${circle}</svg>`,
  ],
  ['a transparent picture', `<svg ${frame} width="40" height="30">${circle}</svg>`],
  ['a size in other units', `<svg ${frame} width="30pt" height="22.5pt" viewBox="0 0 40 30">${circle}</svg>`],
  ['a size by the view box', `<svg ${frame} viewBox="0 0 40 30">${circle}</svg>`],
])('%s has the pixels that resvg draws', (_, svg) => {
  const { png, width, height } = rasterize(svg, { scale: 2 });
  expect([width, height]).toEqual([40, 30]);
  const drawn = decodePng(png);
  expect([drawn.width, drawn.height]).toEqual([80, 60]);
  expect(Buffer.compare(drawn.data, decodePng(reference(svg)).data)).toBe(0);
  const compact = rasterizeCompact(svg, { scale: 2 });
  const small = decodePng(compact.png);
  const apart = small.data.map((value, at) => Math.abs(value - (drawn.data[at] ?? 0)));
  expect(apart.reduce((sum, one) => sum + one, 0) / apart.length).toBeLessThan(0.5);
  expect(compact.png.length).toBeLessThan(1.1 * png.length);
});

test('what is no SVG is refused by name', () => {
  for (const svg of ['<svg width="10" height="10">', 'hello', '']) {
    expect(() => rasterize(svg, { scale: 2, name: 'chart' })).toThrow(
      /^chart: the picture cannot be drawn: /,
    );
  }
});
