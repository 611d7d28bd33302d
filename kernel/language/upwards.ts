import { dirname } from 'node:path';

/** A folder and those around it, up to the root of the disk. */
export function* upwards(folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (at === dirname(at)) return;
  }
}
