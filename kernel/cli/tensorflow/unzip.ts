import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16. */
const END = { signature: 0x06054b50, size: 22 };
const ENTRY = { signature: 0x02014b50, size: 46 };
const LOCAL = { signature: 0x04034b50, size: 30 };
const LONGEST_COMMENT = 0xffff;
const DEFLATED = 8;

interface Entry {
  name: string;
  method: number;
  packed: number;
  offset: number;
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function entries(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat();
  const start = Math.max(0, size - END.size - LONGEST_COMMENT);
  const tail = await read(file, start, size - start);
  let end = tail.length - END.size;
  while (end >= 0 && tail.readUInt32LE(end) !== END.signature) end -= 1;
  if (end < 0) throw new Error('it is not a whole zip archive');
  const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const found: Entry[] = [];
  for (let at = 0; at + ENTRY.size <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY.signature) throw new Error('its directory is damaged');
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset));
    found.push({
      name: directory.toString('utf8', at + ENTRY.size, at + ENTRY.size + nameLength!),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
    });
    at += ENTRY.size + nameLength! + extra! + comment!;
  }
  return found;
}

/** Unpacks the files of a zip archive for which `target` gives a path below `folder`; gives their number. */
export async function unzip(
  archive: string,
  folder: string,
  target: (name: string) => string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const file = await open(archive);
  let count = 0;
  try {
    for (const { name, method, packed, offset } of await entries(file)) {
      const wanted = name.endsWith('/') ? undefined : target(name);
      if (wanted === undefined) continue;
      const path = join(folder, normalize(wanted));
      if (!path.startsWith(folder + sep)) throw new Error(`${name} leads out of the folder`);
      const local = await read(file, offset, LOCAL.size);
      if (local.readUInt32LE(0) !== LOCAL.signature) throw new Error(`${name} is not where it should be`);
      const start = offset + LOCAL.size + local.readUInt16LE(26) + local.readUInt16LE(28);
      mkdirSync(dirname(path), { recursive: true });
      const source = packed === 0 ? [] : createReadStream(archive, { start, end: start + packed - 1 });
      const through = method === DEFLATED && packed > 0 ? createInflateRaw() : new PassThrough();
      await pipeline(source, through, createWriteStream(path), { signal });
      count += 1;
    }
  } finally {
    await file.close();
  }
  return count;
}
