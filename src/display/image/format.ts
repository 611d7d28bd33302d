import { crc32 } from 'node:zlib';

/** What the first bytes of a picture say, and that the rest of it is there. */
export interface Format {
  readonly name: 'PNG' | 'JPEG' | 'GIF' | 'WebP';
  readonly mime: string;
  readonly width: number;
  readonly height: number;
  readonly isAnimated: boolean;
}

/** Bytes that are no picture, or not a whole one; the message says which format was recognised. */
export class FormatError extends Error {}

const allowed = 'allowed are PNG, JPEG, GIF and WebP';

/**
 * Tell the format of a picture and read its size, as far as its structure can be checked without decoding it.
 *
 * @throws FormatError for anything that is not a whole picture of one of the formats
 */
export function readFormat(bytes: Buffer): Format {
  if (bytes.length === 0) throw new FormatError(`there are no bytes; ${allowed}`);
  const start = bytes.toString('latin1', 0, 16);
  if (start.startsWith('\x89PNG')) return png(bytes);
  if (start.startsWith('\xff\xd8')) return jpeg(bytes);
  if (/^GIF8[79]a/.test(start)) return gif(bytes);
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return webp(bytes);
  throw new FormatError(`the bytes are ${kindOf(bytes, start)}; ${allowed}`);
}

function kindOf(bytes: Buffer, start: string): string {
  const brand = start.slice(4, 12);
  if (brand.startsWith('ftypavi')) return 'an AVIF picture';
  if (brand.startsWith('ftyp')) return 'a HEIF picture or a video';
  if (/^BM/.test(start)) return 'a BMP picture';
  if (/^(II\*\0|MM\0\*)/.test(start)) return 'a TIFF picture';
  if (start.startsWith('%PDF')) return 'a PDF document';
  const text = bytes.toString('utf8', 0, 400).trimStart();
  if (/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?<svg[\s/>]/i.test(text))
    return 'an SVG picture, which svg(text) shows';
  if (/^[\t\n\r\x20-\x7e\u00a0-\ufffc]+$/.test(text))
    return `text that begins ${JSON.stringify(text.slice(0, 30))}`;
  const hex = bytes.toString('hex', 0, 8).replace(/..(?!$)/g, '$& ');
  return `${bytes.length} bytes that begin ${hex}, which is no known format`;
}

function fail(name: string, what: string): never {
  throw new FormatError(`the bytes are a ${name} picture, but ${what}`);
}

function sized(name: Format['name'], width: number, height: number, isAnimated: boolean): Format {
  if (width === 0 || height === 0) fail(name, `its size is ${width}×${height}`);
  return { name, mime: `image/${name.toLowerCase()}`, width, height, isAnimated };
}

function png(bytes: Buffer): Format {
  if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') {
    fail('PNG', 'its signature is damaged, as by a transfer as text');
  }
  let isAnimated = false;
  let hasData = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length) fail('PNG', `it ends in the middle of its part ${type}, at byte ${bytes.length}`);
    if (bytes.readUInt32BE(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) {
      fail('PNG', `the checksum of its part ${JSON.stringify(type)} at byte ${at} is wrong`);
    }
    isAnimated ||= type === 'acTL';
    hasData ||= type === 'IDAT';
    if (type === 'IEND') {
      if (!hasData) fail('PNG', 'it has no picture data');
      return sized('PNG', bytes.readUInt32BE(16), bytes.readUInt32BE(20), isAnimated);
    }
    at = end;
  }
  return fail('PNG', `it ends before its last part, at byte ${bytes.length}`);
}

/** The markers that begin a frame, with its size (ITU T.81, table B.1). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const startOfScan = 0xda;

function jpeg(bytes: Buffer): Format {
  let size: [number, number] | undefined;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) fail('JPEG', `there is no marker at byte ${at}`);
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker) && at + 9 <= bytes.length)
      size = [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    if (marker === startOfScan) {
      if (!size) fail('JPEG', 'its size is missing');
      if (bytes.lastIndexOf('\xff\xd9', undefined, 'latin1') < at) {
        fail('JPEG', `it ends in the middle of its picture data, at byte ${bytes.length}`);
      }
      return sized('JPEG', ...size!, false);
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return fail('JPEG', `it ends before its picture data, at byte ${bytes.length}`);
}

const separator = { image: 0x2c, extension: 0x21, trailer: 0x3b };

function gif(bytes: Buffer): Format {
  const ends = (): never => fail('GIF', `it ends in the middle, at byte ${bytes.length}`);
  const byte = (at: number): number => bytes[at] ?? ends();
  const colours = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + colours(byte(10));
  let frames = 0;
  while (byte(at) !== separator.trailer) {
    const kind = byte(at);
    if (kind === separator.image) {
      frames += 1;
      at += 11 + colours(byte(at + 9));
    } else if (kind === separator.extension) at += 2;
    else fail('GIF', `there is no block at byte ${at}`);
    while (byte(at) !== 0) at += byte(at) + 1;
    at += 1;
  }
  if (frames === 0) fail('GIF', 'it has no picture in it');
  return sized('GIF', bytes.readUInt16LE(6), bytes.readUInt16LE(8), frames > 1);
}

function webp(bytes: Buffer): Format {
  const end = 8 + bytes.readUInt32LE(4);
  if (bytes.length < Math.max(end, 30)) {
    fail('WebP', `it ends at byte ${bytes.length} of ${Math.max(end, 30)}`);
  }
  const kind = bytes.toString('latin1', 12, 16);
  if (kind === 'VP8 ') {
    return sized('WebP', bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff, false);
  }
  if (kind === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return sized('WebP', (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1, false);
  }
  if (kind === 'VP8X') {
    const isAnimated = (bytes[20]! & 0x02) !== 0;
    return sized('WebP', bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1, isAnimated);
  }
  return fail('WebP', `its first part is ${JSON.stringify(kind)}`);
}
