import { dataFrame } from './dataFrame.ts';
import { readFormat } from './image/format.ts';
import { isA, plainText, readMember, readMethod } from './inspect.ts';
import type { MimeBundle } from './types.ts';

/** Enough of the shapes by which Deno's kernel knows canvases, data frames and images, where it shows them. */

const PNG_START = 0x89;
const JPEG_START = 0xff;
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

/** Bytes that only begin like a picture are bytes: a front-end would show that a picture is broken. */
function imageBundle(bytes: Uint8Array): MimeBundle | undefined {
  if (bytes[0] !== PNG_START && bytes[0] !== JPEG_START) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return { [readFormat(buffer).mime]: buffer.toString('base64'), 'text/plain': plainText(bytes) };
  } catch {
    return undefined;
  }
}
