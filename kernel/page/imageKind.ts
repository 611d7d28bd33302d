/** PNG § 11.2.1: the colour type is the byte after width, height and bit depth. */
const COLOUR_TYPE_OFFSET = 25;
const WITH_ALPHA = new Set([4, 6]);

/** Whether an image may let the page shine through, and so needs paper behind it on a dark page. */
export function isTransparent(mime: string, base64: string): boolean {
  if (mime === 'image/jpeg' || mime === 'image/bmp') return false;
  if (mime !== 'image/png') return true;
  const head = Buffer.from(base64.slice(0, 1400), 'base64');
  return WITH_ALPHA.has(head[COLOUR_TYPE_OFFSET] ?? 6) || head.includes('tRNS');
}
