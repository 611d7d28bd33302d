import { inflateSync } from 'node:zlib';

/** A decoded picture: 8 bits a channel, red green blue alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const indexed = 3;

/** Decode a PNG of 8 bits a channel without interlacing, whatever its channels, into RGBA. */
export function decodePng(base64: unknown): Pixels {
  const bytes = Buffer.from(String(base64), 'base64');
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const channels = channelsOf[bytes[25] ?? 1];
  if (bytes[24] !== 8 || !channels) throw new Error(`depth ${bytes[24]}, colour type ${bytes[25]}`);
  const data = unfilter(inflateSync(chunks(bytes, 'IDAT')), width * channels, height, channels);
  if (bytes[25] === indexed) return { width, height, data: fromPalette(data, bytes) };
  return { width, height, data: toRgba(data, channels) };
}

/** What the chunks of a name hold. */
function chunks(bytes: Buffer, name: string): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const isWanted = bytes.toString('latin1', at + 4, at + 8) === name;
    if (isWanted) parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  return Buffer.concat(parts);
}

function fromPalette(data: Uint8Array, bytes: Buffer): Uint8Array {
  const [colours, alphas] = [chunks(bytes, 'PLTE'), chunks(bytes, 'tRNS')];
  return Uint8Array.from({ length: 4 * data.length }, (_, i) => {
    const index = data[i >> 2] ?? 0;
    return i % 4 === 3 ? (alphas[index] ?? 255) : (colours[3 * index + (i % 4)] ?? 0);
  });
}

function toRgba(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) return data;
  return Uint8Array.from({ length: (4 * data.length) / channels }, (_, i) => {
    const at = Math.floor(i / 4) * channels;
    if (i % 4 === 3) return channels === 2 ? (data[at + 1] ?? 0) : 255;
    return data[at + (channels === 3 ? i % 4 : 0)] ?? 0;
  });
}

/** The red, green, blue and alpha of a pixel. */
export function pixelAt({ width, data }: Pixels, x: number, y: number): number[] {
  return [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

function unfilter(raw: Uint8Array, stride: number, height: number, channels: number): Uint8Array {
  const data = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let i = 0; i < stride; i++) {
      const left = i < channels ? 0 : (data[y * stride + i - channels] ?? 0);
      const up = y === 0 ? 0 : (data[(y - 1) * stride + i] ?? 0);
      const corner = i < channels || y === 0 ? 0 : (data[(y - 1) * stride + i - channels] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      data[y * stride + i] = (raw[y * (stride + 1) + 1 + i] ?? 0) + guess;
    }
  }
  return data;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** The number of pixels in a part of the picture, given in fractions of its size, that satisfy a test. */
export function countPixels(
  { width, height, data }: Pixels,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  test: (red: number, green: number, blue: number, alpha: number) => boolean,
): number {
  let count = 0;
  for (let y = Math.floor(y0 * height); y < Math.floor(y1 * height); y++) {
    for (let x = Math.floor(x0 * width); x < Math.floor(x1 * width); x++) {
      const at = 4 * (y * width + x);
      if (test(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0)) count++;
    }
  }
  return count;
}

/** Dark grey or black: the colour of text. */
export function isInk(red: number, green: number, blue: number, alpha: number): boolean {
  return (
    alpha > 200 &&
    Math.max(red, green, blue) < 140 &&
    Math.max(red, green, blue) - Math.min(red, green, blue) < 25
  );
}

/** Clearly coloured: the colour of marks. */
export function isColoured(red: number, green: number, blue: number, alpha: number): boolean {
  return alpha > 200 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60;
}
