import { pngFile } from '../pngFile.ts';

/** A picture to encode: 8 bits a channel, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Grey, grey and alpha, red green blue, or red green blue and alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: Uint8Array;
}

const colourTypes = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;
const sub = 1;
const up = 2;

/**
 * A PNG of the pixels. It is made for speed: the fastest level, and two of the five filters: a row like the
 * one above it, of which enlarged pictures are full, becomes zeros, any other the differences to the left.
 */
export function encodePng({ width, height, channels, data }: Pixels): Buffer {
  const stride = width * channels;
  const rows = Buffer.from(data.buffer, data.byteOffset, stride * height);
  const filtered = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const from = y * stride;
    const to = y * (stride + 1);
    const isRepeated = y > 0 && rows.compare(rows, from - stride, from, from, from + stride) === 0;
    filtered[to] = isRepeated ? up : sub;
    if (!isRepeated) subtractLeft(rows, from, filtered, to + 1, stride, channels);
  }
  return pngFile({ width, height, colourType: colourTypes[channels], rows: filtered, level: 1 });
}

function subtractLeft(
  rows: Uint8Array,
  from: number,
  filtered: Uint8Array,
  to: number,
  stride: number,
  channels: number,
): void {
  for (let i = 0; i < channels; i++) filtered[to + i] = rows[from + i]!;
  for (let i = channels; i < stride; i++) filtered[to + i] = rows[from + i]! - rows[from + i - channels]!;
}
