import { dataFrame } from './dataFrame.ts';
import { isA, plainText, readMember, readMethod } from './inspect.ts';
import type { MimeBundle } from './types.ts';

/** Enough of the shapes by which Deno's kernel knows canvases, data frames and images, where it shows them. */

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG_START = [0xff, 0xd8];
const JPEG_END = [0xff, 0xd9];
const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)(?:;[\w.+-]+=[^;,]*)*;base64,/;

/** The bundle of a canvas, a data frame or the bytes of an image; undefined for anything else. */
export function foreignBundle(value: unknown): MimeBundle | undefined | Promise<MimeBundle | undefined> {
  if (isA(value, Uint8Array)) return imageBundle(value);
  const toDataURL = readMethod(value, 'toDataURL');
  if (!toDataURL) return dataFrame(value);
  const url = toDataURL();
  const later = readMethod(url, 'then');
  const bundle = (found: unknown): MimeBundle | undefined => canvasBundle(value, found);
  return later ? Promise.resolve(url).then(bundle) : bundle(url);
}

function canvasBundle(canvas: unknown, url: unknown): MimeBundle | undefined {
  const [head, mime] = (typeof url === 'string' && DATA_URL.exec(url)) || [];
  if (head === undefined || mime === undefined) return undefined;
  const size = `${readMember(canvas, 'width')}×${readMember(canvas, 'height')}`;
  return { [mime]: String(url).slice(head.length), 'text/plain': `[canvas ${size}]` };
}

function imageBundle(bytes: Uint8Array): MimeBundle | undefined {
  const isJpeg = hasBytes(bytes, JPEG_START, 0) && hasBytes(bytes, JPEG_END, bytes.length - JPEG_END.length);
  if (!isJpeg && !hasBytes(bytes, PNG, 0)) return undefined;
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { [isJpeg ? 'image/jpeg' : 'image/png']: base64, 'text/plain': plainText(bytes) };
}

function hasBytes(bytes: Uint8Array, wanted: readonly number[], at: number): boolean {
  return at >= 0 && wanted.every((byte, index) => bytes[at + index] === byte);
}
