import { expect, test } from 'vitest';
import { compactPng } from '../../../src/display/compactPng.ts';
import { decodePng } from '../../frontends/helpers/png.ts';

type Colour = (x: number, y: number) => number[];

const paint = (width: number, height: number, colour: Colour): Uint8Array =>
  Uint8Array.from(
    Array.from({ length: width * height }, (_, at) => colour(at % width, Math.floor(at / width))).flat(),
  );
const withoutAlpha = (data: Uint8Array): number[] => [...data].filter((_, at) => at % 4 !== 3);

test.each([
  ['a drawing of few colours', 3, (x: number, y: number) => [x < 20 ? 255 : 0, y < 10 ? 128 : 7, 34, 255]],
  ['a photograph', 2, (x: number, y: number) => [(x * y) % 256, (x * 31 + y * 7) % 256, (x ^ y) * 3, 255]],
])('%s keeps its pixels', (_, kind, colour) => {
  const [width, height] = [120, 70];
  const data = paint(width, height, colour);
  const bytes = compactPng({ width, height, data });
  expect(bytes[25]).toBe(kind);
  const decoded = decodePng(bytes);
  expect([decoded.width, decoded.height]).toEqual([width, height]);
  expect([...decoded.pixels]).toEqual(withoutAlpha(data));
});

test('areas of a colour are never merged, the edges of letters may be', () => {
  const cells = paint(160, 160, (x, y) => [Math.floor(x / 8) * 12, Math.floor(y / 8) * 12, 40, 255]);
  const decoded = decodePng(compactPng({ width: 160, height: 160, data: cells }));
  expect([...decoded.pixels]).toEqual(withoutAlpha(cells));
});

test('transparency is kept', () => {
  const data = paint(10, 10, (x) => [0, 0, 0, x < 5 ? 0 : 255]);
  const bytes = compactPng({ width: 10, height: 10, data });
  expect(bytes.includes('tRNS')).toBe(true);
});
