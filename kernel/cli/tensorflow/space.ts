import { statfsSync } from 'node:fs';

/** Throws where less than that many bytes are free. */
export function checkSpace(folder: string, needed: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new Error(
    `${folder} has ${gigabytes(free)} free, TensorFlow needs ${gigabytes(needed)} while it is installed: ` +
      'free some space, or set XDG_DATA_HOME to a folder on a larger disk',
  );
}
