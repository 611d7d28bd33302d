import { crc32, deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { ink, looksDrawn } from './helpers/ink.ts';
import { decodePng } from './helpers/png.ts';

type Paint = (x: number, y: number) => [number, number, number];

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  const check = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** An RGB PNG whose rows use the five filter types in turn. */
function encode(width: number, height: number, paint: Paint): Buffer {
  const stride = width * 3;
  const plain = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) plain.set(paint(x, y), y * stride + x * 3);
  const at = (y: number, x: number): number => (x < 0 || y < 0 ? 0 : (plain[y * stride + x] ?? 0));
  const rows: number[] = [];
  for (let y = 0; y < height; y++) {
    const filter = y % 5;
    rows.push(filter);
    for (let x = 0; x < stride; x++) {
      const [left, above, corner] = [at(y, x - 3), at(y - 1, x), x < 3 ? 0 : at(y - 1, x - 3)];
      const guess = left + above - corner;
      const nearest = [left, above, corner].sort((p, q) => Math.abs(guess - p) - Math.abs(guess - q))[0] ?? 0;
      const predicted = [0, left, above, (left + above) >> 1, nearest][filter] ?? 0;
      rows.push((at(y, x) - predicted) & 255);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]);
}

const grey = (level: number): [number, number, number] => [level, level, level];
const curve: Paint = (x, y) => (Math.abs(y - x / 2) < 2 ? [31, 119 + (x % 20) * 4, 180] : grey(255));
const axes: Paint = (x, y) => (x < 3 || y > 57 ? grey((x * 7 + y * 3) % 256) : grey(255));

it('decodes all five filter types', () => {
  const picture = decodePng(encode(100, 60, curve));
  expect([picture.width, picture.height, picture.channels]).toEqual([100, 60, 3]);
  for (const [x, y] of [
    [0, 0],
    [40, 20],
    [41, 21],
    [42, 22],
    [43, 23],
    [99, 59],
  ] as const) {
    const at = (y * 100 + x) * 3;
    expect([...picture.pixels.subarray(at, at + 3)]).toEqual(curve(x, y));
  }
});

it('tells a chart from a blank picture and from empty axes', () => {
  expect(looksDrawn(ink(decodePng(encode(100, 60, curve))))).toBe(true);
  expect(looksDrawn(ink(decodePng(encode(100, 60, () => grey(255)))))).toBe(false);
  expect(looksDrawn(ink(decodePng(encode(100, 60, axes))))).toBe(false);
});

it('says what is wrong with bytes that are no PNG', () => {
  expect(() => decodePng(Buffer.from('GIF89a, not a PNG'))).toThrow(/signature/);
});
