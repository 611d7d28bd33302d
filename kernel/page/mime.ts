import { isJsonObject } from '../notebook/json.ts';
import type { JsonObject, JsonValue, MimeBundle } from '../notebook/notebook.ts';
import { isJsonMime } from '../notebook/parse.ts';

/** What a page can show, the richest first. A Vega-Lite or Plotly bundle is shown by what lies beside it. */
const PREFERENCE = [
  'text/html',
  'image/svg+xml',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'text/markdown',
  'text/latex',
  'application/json',
  'text/plain',
] as const;

export type ShownMime = (typeof PREFERENCE)[number];

/** The representation to show, or undefined when the bundle has none that a page can. */
export function chooseMime(data: MimeBundle): { mime: ShownMime; content: JsonValue } | undefined {
  for (const mime of PREFERENCE) {
    const content = Object.hasOwn(data, mime) ? data[mime] : undefined;
    if (content === undefined || isBlank(mime, content)) continue;
    return { mime, content };
  }
  return undefined;
}

/** Some tools empty a representation that they could not convert. */
function isBlank(mime: string, content: JsonValue): boolean {
  if (isJsonMime(mime)) return false;
  return typeof content !== 'string' || (mime !== 'text/plain' && content.trim() === '');
}

/** What a MIME type has of metadata of its own, else that of the whole output. */
export function ownMetadata(metadata: JsonObject, mime: string): JsonObject {
  const own = metadata[mime];
  return isJsonObject(own) ? own : metadata;
}

/** `metadata["image/png"].width` and the like, in CSS pixels. */
export function sizeOf(metadata: JsonObject, mime: string, side: 'width' | 'height'): number | undefined {
  const size = Number(ownMetadata(metadata, mime)[side] ?? Number.NaN);
  return Number.isFinite(size) && size > 0 ? size : undefined;
}
