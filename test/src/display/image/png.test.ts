import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFormat } from '../../../../src/display/image/format.ts';
import { encodePng, type Pixels } from '../../../../src/display/image/png.ts';
import { decodePng, pixelAt } from '../png.ts';

const rgba = ({ channels, data }: Pixels, pixel: number): number[] => {
  const [a = 0, b = 0, c = 0, d = 0] = data.subarray(pixel * channels, (pixel + 1) * channels);
  return { 1: [a, a, a, 255], 2: [a, a, a, b], 3: [a, b, c, 255], 4: [a, b, c, d] }[channels];
};

const pictures = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(1, 2, 3, 4))
  .chain(([width, height, channels]) =>
    fc
      .uint8Array({ minLength: width * height * channels, maxLength: width * height * channels })
      .map((data) => ({ width, height, channels: channels as 1 | 2 | 3 | 4, data })),
  );

test('what is encoded is decoded again, in every number of channels', () => {
  fc.assert(
    fc.property(pictures, (picture) => {
      const bytes = encodePng(picture);
      const { width, height } = picture;
      expect(readFormat(bytes)).toMatchObject({ name: 'PNG', width, height, isAnimated: false });
      const decoded = decodePng(bytes.toString('base64'));
      for (let pixel = 0; pixel < width * height; pixel++) {
        expect(pixelAt(decoded, pixel % width, Math.floor(pixel / width))).toEqual(rgba(picture, pixel));
      }
    }),
    { numRuns: 60 },
  );
});

test('rows that repeat take next to no room', () => {
  const row = Uint8Array.from({ length: 300 }, (_, i) => (i * i) >> 3);
  const data = new Uint8Array(300 * 300);
  for (let y = 0; y < 300; y++) data.set(row, y * 300);
  expect(encodePng({ width: 300, height: 300, channels: 1, data }).length).toBeLessThan(2000);
});
