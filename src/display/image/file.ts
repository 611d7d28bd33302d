import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cut, isA, messageOf, readMember, readMethod, shortText } from '../inspect.ts';
import { backdropMarkup } from '../markup/backdrop.ts';
import { rasterize } from '../raster.ts';
import type { Rendered } from '../types.ts';
import { type Format, FormatError, readFormat } from './format.ts';

/** The bytes of a picture, and where they came from. */
export interface PictureBytes {
  readonly bytes: Buffer;
  /** Empty where the bytes themselves were given. */
  readonly origin: string;
}

const dataUrl = /^data:[\w.+-]+\/[\w.+-]+(?:;[^;,]*)*;base64,/;

/** The bytes in a value, a promise of them for a Blob or a Response; undefined if it is none of these. */
export function pictureBytes(value: unknown): PictureBytes | Promise<PictureBytes> | undefined {
  if (typeof value === 'string') return fromText(value);
  if (isA(value, URL)) return fromText(value.href);
  const bytes = bufferOf(value);
  if (bytes) return { bytes, origin: '' };
  const arrayBuffer = readMethod(value, 'arrayBuffer');
  if (!arrayBuffer) return undefined;
  if (readMember(value, 'ok') === false) {
    const status = [readMember(value, 'status'), readMember(value, 'statusText')].join(' ').trim();
    throw new TypeError(`image: the server answered ${status} ${readMember(value, 'url') || ''}`.trim());
  }
  const name = readMember(value, 'name');
  const origin = typeof name === 'string' ? name : '';
  return Promise.resolve(arrayBuffer()).then((buffer) => {
    const read = bufferOf(buffer);
    if (read) return { bytes: read, origin };
    throw new TypeError(`image: arrayBuffer() answered ${shortText(buffer, 40)}; allowed is an ArrayBuffer`);
  });
}

function bufferOf(value: unknown): Buffer | undefined {
  if (isA(value, ArrayBuffer) || isA(value, SharedArrayBuffer)) return Buffer.from(value);
  if (!isA(value, Uint8Array) && !isA(value, DataView)) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function fromText(text: string): PictureBytes {
  const prefix = dataUrl.exec(text)?.[0];
  if (prefix !== undefined) return { bytes: Buffer.from(text.slice(prefix.length), 'base64'), origin: '' };
  if (/^https?:/i.test(text)) {
    throw new TypeError(`image: ${cut(text, 80)} is on a server; fetch it first: image(await fetch(url))`);
  }
  let path = text;
  try {
    if (/^file:/i.test(text)) path = fileURLToPath(text);
    return { bytes: readFileSync(path), origin: basename(path) };
  } catch (error) {
    throw new Error(`image: ${JSON.stringify(cut(text, 120))} ${reasonOf(error, path)}`, { cause: error });
  }
}

function reasonOf(error: unknown, path: string): string {
  const place = `(${resolve(path)})`;
  const code = readMember(error, 'code');
  if (code === 'ENOENT') return `is no file ${place}`;
  if (code === 'EISDIR') return `is a folder ${place}; allowed is a file`;
  if (code === 'EACCES') return `must not be read ${place}`;
  return `cannot be read: ${messageOf(error)}`;
}

const sizeText = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1e6
      ? `${(bytes / 1000).toFixed(1)} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`;

/** The bundle of a picture's bytes, sent as they are, `width` CSS pixels wide if given. */
export function pictureBundle(picture: PictureBytes, wishes: { width?: number; scale?: number }): Rendered {
  const { bytes, origin } = picture;
  const format = checkedFormat(picture);
  const { name, mime, isAnimated } = format;
  const parts = [
    `${isAnimated ? 'animated ' : ''}${name} ${format.width}×${format.height}`,
    sizeText(bytes.length),
  ];
  const text = `[image ${[...(origin === '' ? [] : [cut(origin, 60)]), ...parts].join(', ')}]`;
  const { scale } = wishes;
  const width =
    wishes.width ?? (scale === undefined ? undefined : Math.max(1, Math.round(format.width * scale)));
  const base64 = bytes.toString('base64');
  if (name === 'PNG' || name === 'JPEG') {
    const metadata = width === undefined ? {} : { [mime]: { width } };
    return { data: { [mime]: base64, 'text/plain': text }, metadata };
  }
  // Exports and the classic Notebook know neither format in a bundle; a page shows both.
  const shown = width ?? format.width;
  const height = Math.max(1, Math.round((shown * format.height) / format.width));
  const html = backdropMarkup({ mime, base64, width: shown, height, text });
  const still = name === 'GIF' ? stillPicture(base64, format, width) : undefined;
  return {
    data: { 'text/html': html, ...still?.data, 'text/plain': text },
    metadata: { ...still?.metadata },
  };
}

function checkedFormat({ bytes, origin }: PictureBytes): Format {
  try {
    return readFormat(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const place = origin === '' ? '' : `${origin}: `;
    throw new TypeError(`image: ${place}${error.message}`);
  }
}

/** The first frame of a GIF, for where no HTML is shown. */
function stillPicture(base64: string, { width, height }: Format, shown: number | undefined): Rendered {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/gif;base64,${base64}"/></svg>`;
  const { png } = rasterize(svg, { scale: 1, name: 'image' });
  return { data: { 'image/png': png }, metadata: { 'image/png': { width: shown ?? width } } };
}
