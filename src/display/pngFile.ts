import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/** What a PNG of 8 bits a channel consists of (PNG specification, 11.2 and 11.3). */
export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly colourType: number;
  /** The rows, each behind its filter's number. */
  readonly rows: Uint8Array;
  /** Chunks before the pixels: a palette and its opacities. */
  readonly extra?: readonly Buffer[];
  /** Of zlib: 1 is fast, 9 is small. */
  readonly level: number;
}

/** The file: signature, header, pixels and end. */
export function pngFile({ width, height, colourType, rows, extra = [], level }: PngParts): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType, 0, 0, 0], 8);
  const body = pngChunk('IDAT', deflateSync(rows, { level }));
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    ...extra,
    body,
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A chunk with its length, name and check sum. */
export function pngChunk(type: string, body: Buffer): Buffer {
  const framed = Buffer.alloc(body.length + 12);
  framed.writeUInt32BE(body.length, 0);
  framed.write(type, 4, 'latin1');
  framed.set(body, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, body.length + 8)), body.length + 8);
  return framed;
}
