import { expect, test } from 'vitest';
import { readFormat } from '../../../../src/display/image/format.ts';
import { encodePng } from '../../../../src/display/image/png.ts';
import { bmp, gif, jpeg, lossyWebp, movingGif, webp, webpHeader } from './pictures.ts';

const png = encodePng({ width: 3, height: 2, channels: 1, data: new Uint8Array(6) });

test.each([
  ['PNG', png, { mime: 'image/png', width: 3, height: 2, isAnimated: false }],
  ['JPEG', jpeg, { mime: 'image/jpeg', width: 5, height: 4, isAnimated: false }],
  ['GIF', gif, { mime: 'image/gif', width: 2, height: 2, isAnimated: false }],
  ['GIF', movingGif, { mime: 'image/gif', width: 2, height: 2, isAnimated: true }],
  ['WebP', webp, { mime: 'image/webp', width: 1, height: 1, isAnimated: false }],
  ['WebP', lossyWebp, { mime: 'image/webp', width: 5, height: 4, isAnimated: false }],
  ['WebP', webpHeader({ width: 300, height: 200 }), { width: 300, height: 200, isAnimated: true }],
])('%s is told by its bytes, with its size', (name, bytes, expected) => {
  expect(readFormat(bytes)).toMatchObject({ name, ...expected });
});

const damaged = Buffer.from(png);
damaged[damaged.length - 20]! ^= 1;

test.each([
  ['nothing', Buffer.alloc(0), /^there are no bytes; allowed are PNG, JPEG, GIF and WebP$/],
  [
    'a PNG that is cut',
    png.subarray(0, 50),
    /PNG picture, but it ends in the middle of its part IDAT, at byte 50/,
  ],
  ['a PNG without end', png.subarray(0, -12), /PNG picture, but it ends before its last part/],
  ['a PNG with a wrong bit', damaged, /the checksum of its part "IDAT" at byte 33 is wrong/],
  ['a PNG sent as text', Buffer.from('\x89PNG\n\x1a\n rest', 'latin1'), /its signature is damaged/],
  ['a JPEG that is cut', jpeg.subarray(0, -2), /JPEG picture, but it ends in the middle of its picture data/],
  ['a JPEG without data', jpeg.subarray(0, 100), /JPEG picture, but it ends before its picture data/],
  ['a GIF that is cut', gif.subarray(0, 30), /GIF picture, but it ends in the middle, at byte 30/],
  ['a WebP that is cut', webp.subarray(0, 31), /WebP picture, but it ends at byte 31 of 44/],
  ['a BMP', bmp, /^the bytes are a BMP picture; allowed/],
  ['a page', Buffer.from('<!DOCTYPE html>'), /text that begins "<!DOCTYPE html>"; allowed/],
  ['an SVG', Buffer.from('<?xml version="1.0"?>\n<svg/>'), /an SVG picture, which svg\(text\) shows/],
  ['anything', Buffer.from([0, 1, 2, 3]), /4 bytes that begin 00 01 02 03, which is no known format/],
])('%s is an error that says what it is', (_what, bytes, message) => {
  expect(() => readFormat(bytes)).toThrow(message);
});
