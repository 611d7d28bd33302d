import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';

const CLASSES = 10;
const PIXELS = 28 * 28;
const COUNT_BYTES = 2;

/**
 * The images of each digit, as bytes from 0 to 255. The file is read when it is asked for, which takes some hundredths
 * of a second: first the number of images of each digit, in two bytes with the lower one first, then all images.
 */
export function readDigits(): Uint8Array[][] {
  const path = createRequire(import.meta.url).resolve('#digits');
  const bytes = gunzipSync(readFileSync(path));
  let at = CLASSES * COUNT_BYTES;
  return Array.from({ length: CLASSES }, (_, digit) =>
    Array.from({ length: bytes.readUInt16LE(digit * COUNT_BYTES) }, () => {
      at += PIXELS;
      return bytes.subarray(at - PIXELS, at);
    }),
  );
}
