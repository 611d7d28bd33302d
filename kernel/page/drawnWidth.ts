/** PNG § 11.2.1: the width is the four bytes after the signature, the chunk's length and its name. */
const PNG_WIDTH_OFFSET = 16;

/** The width for which a PNG or an SVG was drawn, in pixels. */
export function drawnWidth(mime: string, base64: string): number | undefined {
  const head = Buffer.from(base64.slice(0, 4000), 'base64');
  if (mime === 'image/png') {
    return head.length < PNG_WIDTH_OFFSET + 4 ? undefined : head.readUInt32BE(PNG_WIDTH_OFFSET);
  }
  if (mime !== 'image/svg+xml') return undefined;
  const tag = /<svg\b[^>]*>/.exec(head.toString('utf8'))?.[0] ?? '';
  const width =
    /\swidth\s*=\s*["']([\d.]+)(?:px)?["']/.exec(tag) ??
    /\sviewBox\s*=\s*["'][\d.+-]+[\s,]+[\d.+-]+[\s,]+([\d.]+)/.exec(tag);
  return width === null ? undefined : Number(width[1]);
}
