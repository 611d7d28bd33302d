/** Small pictures of each format. */
const base64 = (text: string): Buffer => Buffer.from(text, 'base64');

/** 5×4 in red. */
export const jpeg: Buffer = base64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAEAAUDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCeAGpH/9k=',
);

/** 2×2 in red. */
export const gif: Buffer = base64('R0lGODlhAgACAPAAAP8AAAAAACH5BAAAAAAALAAAAAACAAIAAAIChFEAOw==');

/** The same with its frame twice. */
export const movingGif: Buffer = Buffer.concat([gif.subarray(0, -1), gif.subarray(19)]);

/** 1×1. */
export const webp: Buffer = base64('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=');

/** 5×4 in red. */
export const lossyWebp: Buffer = base64(
  'UklGRjQAAABXRUJQVlA4ICgAAACQAQCdASoFAAQAAsBMJaACdLoAA5gA/ujXHrz1McX/5mj9JvpN3MAA',
);

/** The head of an animated WebP of that size. */
export function webpHeader({ width, height }: { width: number; height: number }): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.write('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x02', 'latin1');
  bytes.writeUIntLE(width - 1, 24, 3);
  bytes.writeUIntLE(height - 1, 27, 3);
  return bytes;
}

export const bmp: Buffer = Buffer.from('BM\x3a\0\0\0', 'latin1');
