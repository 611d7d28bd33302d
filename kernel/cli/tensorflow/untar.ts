import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

const textAt = (block: Buffer, start: number, length: number): string =>
  block
    .subarray(start, start + length)
    .toString('utf8')
    .split('\0', 1)[0]!;

/**
 * Unpacks the files of a package of npm's below `folder`, without the first part of their names, which is the same
 * for all. The format is ustar, of which npm uses regular files: POSIX.1-1988, section 10.1.1.
 */
export function untar(archive: Buffer, folder: string, wanted: (name: string) => boolean = () => true): void {
  const bytes = gunzipSync(archive);
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    const short = textAt(header, 0, 100);
    if (short === '') break;
    const prefix = textAt(header, 257, 5) === 'ustar' ? textAt(header, 345, 155) : '';
    const size = Number.parseInt(textAt(header, 124, 12).trim(), 8);
    const kind = textAt(header, 156, 1);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (kind !== '' && kind !== '0') continue;
    const name = (prefix === '' ? short : `${prefix}/${short}`).replace(/^[^/]*\//, '');
    const path = join(folder, normalize(name));
    if (!path.startsWith(folder + sep)) throw new Error(`${short} leads out of the package`);
    if (!wanted(name)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
