import { inflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  /** Bytes a pixel: 3 (RGB) or 4 (RGBA). */
  channels: number;
  pixels: Uint8Array;
}

const SIGNATURE = '89504e470d0a1a0a';

/** The predictor of PNG's filter type 4 (PNG specification, 9.4). */
function paeth(left: number, above: number, corner: number): number {
  const a = Math.abs(above - corner);
  const b = Math.abs(left - corner);
  const c = Math.abs(left + above - 2 * corner);
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function predict(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter === 4) return paeth(left, above, corner);
  throw new Error(`PNG filter type is ${filter}, allowed are 0 to 4`);
}

function unfilter(data: Uint8Array, width: number, height: number, channels: number): Uint8Array {
  const stride = width * channels;
  const pixels = new Uint8Array(stride * height);
  let above = new Uint8Array(stride);
  for (let row = 0; row < height; row++) {
    const start = row * (stride + 1);
    const filter = data[start] ?? 0;
    const line = pixels.subarray(row * stride, (row + 1) * stride);
    line.set(data.subarray(start + 1, start + 1 + stride));
    for (let at = 0; filter !== 0 && at < stride; at++) {
      const left = at < channels ? 0 : line[at - channels]!;
      const corner = at < channels ? 0 : above[at - channels]!;
      line[at]! += predict(filter, left, above[at]!, corner);
    }
    above = line;
  }
  return pixels;
}

/** Decodes the PNGs that browsers, resvg and charts are: 8 bits a channel, RGB, RGBA or a palette, not interlaced. */
export function decodePng(bytes: Buffer): Picture {
  if (bytes.subarray(0, 8).toString('hex') !== SIGNATURE)
    throw new Error('not a PNG: the signature is missing');
  const parts: Buffer[] = [];
  let header: Buffer | undefined;
  let palette: Buffer | undefined;
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'PLTE') palette = body;
    if (type === 'IDAT') parts.push(body);
    at += length + 12;
  }
  if (header === undefined) throw new Error('not a PNG: there is no IHDR chunk');
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const kind = header[9] ?? 0;
  const channels = { 2: 3, 3: 1, 6: 4 }[kind];
  if (header[8] !== 8 || channels === undefined || header[12] !== 0) {
    throw new Error(
      `PNG with depth ${header[8]}, colour type ${header[9]}, interlace ${header[12]}: not read here`,
    );
  }
  const pixels = unfilter(inflateSync(Buffer.concat(parts)), width, height, channels);
  return palette === undefined
    ? { width, height, channels, pixels }
    : { width, height, channels: 3, pixels: coloured(pixels, palette) };
}

function coloured(places: Uint8Array, palette: Buffer): Uint8Array {
  const pixels = new Uint8Array(3 * places.length);
  places.forEach((place, at) => {
    pixels.set(palette.subarray(3 * place, 3 * place + 3), 3 * at);
  });
  return pixels;
}
