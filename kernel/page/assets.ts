import { readFileSync, realpathSync, statSync } from 'node:fs';
import { extname, resolve, sep } from 'node:path';
import type { Attachments } from '../notebook/notebook.ts';
import { isTransparent } from './imageKind.ts';

/** What became of an image's address. */
export type Asset =
  /** The image itself. */
  | { readonly kind: 'inline'; readonly uri: string; readonly transparent: boolean }
  /** An address on the network, left as it is. */
  | { readonly kind: 'remote' }
  | { readonly kind: 'missing'; readonly reason: string };

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
  '.ico': 'image/x-icon',
};
/** A larger file would make the page slow to open: 32 MiB. */
const MAX_BYTES = 32 * 2 ** 20;

/** Finds the images that Markdown names: below `baseDir`, or attached to the cell. */
export function findAsset(source: string, baseDir: string | undefined, attachments: Attachments = {}): Asset {
  if (/^(https?:)?\/\//i.test(source)) return { kind: 'remote' };
  if (/^data:/i.test(source))
    return { kind: 'inline', uri: source, transparent: !/^data:image\/jpe?g/i.test(source) };
  const name = decode(source);
  if (/^attachment:/i.test(name)) return fromAttachment(name.slice('attachment:'.length), attachments);
  if (/^[a-z][a-z0-9+.-]+:/i.test(name)) return { kind: 'missing', reason: 'not a path or a web address' };
  return fromFile(name.replace(/[?#].*$/, ''), baseDir);
}

function decode(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    return source;
  }
}

function fromAttachment(name: string, attachments: Attachments): Asset {
  const bundle = Object.hasOwn(attachments, name) ? attachments[name] : undefined;
  const [mime, data] = Object.entries(bundle ?? {}).find(([type]) => type.startsWith('image/')) ?? [];
  if (mime === undefined || typeof data !== 'string')
    return { kind: 'missing', reason: 'no such attachment' };
  return inline(mime, mime === 'image/svg+xml' ? toBase64(data) : data.replace(/\s/g, ''));
}

function fromFile(path: string, baseDir: string | undefined): Asset {
  if (baseDir === undefined) return { kind: 'missing', reason: 'the folder of the notebook is not known' };
  const type = TYPES[extname(path).toLowerCase()];
  if (type === undefined) return { kind: 'missing', reason: 'not an image file' };
  try {
    const base = realpathSync(baseDir);
    const file = realpathSync(resolve(base, path));
    // Links are resolved first: a page carries nothing from outside the notebook's folder.
    if (!file.startsWith(base.endsWith(sep) ? base : base + sep)) {
      return { kind: 'missing', reason: 'outside the folder of the notebook' };
    }
    if (statSync(file).size > MAX_BYTES) return { kind: 'missing', reason: 'larger than 32 MiB' };
    return inline(type, readFileSync(file).toString('base64'));
  } catch {
    return { kind: 'missing', reason: 'not found' };
  }
}

function inline(mime: string, base64: string): Asset {
  return { kind: 'inline', uri: `data:${mime};base64,${base64}`, transparent: isTransparent(mime, base64) };
}

export function toBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
