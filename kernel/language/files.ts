import { opendir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';

/** As many as anyone looks through. */
const MAX_FOUND = 200;
/** Entries that are read for them. */
const MAX_READ = 10_000;

export interface PathQuestion {
  /** As it is written, perhaps quoted or with escaped blanks. */
  path: string;
  folder: string;
  isFolder: boolean;
  /** Blanks are escaped in what is offered. */
  isShell: boolean;
}

/** The paths that begin as one that is being written; folders end with a slash. */
export async function pathsFrom({ path, folder, isFolder, isShell }: PathQuestion): Promise<string[]> {
  const quote = /^["']/.exec(path)?.[0] ?? '';
  const plain = quote === '' ? path.replace(/\\(.)/g, '$1') : path.slice(1);
  const slash = plain.lastIndexOf('/') + 1;
  const head = plain.slice(0, slash);
  const prefix = plain.slice(slash);
  const home = /^~(?=\/)/.test(head) ? homedir() + head.slice(1) : head;
  const found = await entries(resolve(folder, home), (name, isDirectory) => {
    if (!name.startsWith(prefix) || (name.startsWith('.') && !prefix.startsWith('.'))) return undefined;
    return isDirectory ? `${name}/` : isFolder ? undefined : name;
  });
  const written = (name: string): string =>
    quote === '' && isShell ? (head + name).replace(/[\s"'\\$&|;()<>*?`]/g, '\\$&') : quote + head + name;
  return found.toSorted().map(written);
}

async function entries(
  folder: string,
  take: (name: string, isDirectory: boolean) => string | undefined,
): Promise<string[]> {
  const found: string[] = [];
  let read = 0;
  try {
    for await (const entry of await opendir(folder)) {
      const name = take(entry.name, entry.isDirectory());
      if (name !== undefined) found.push(name);
      read += 1;
      if (found.length === MAX_FOUND || read === MAX_READ) break;
    }
  } catch {
    // No such folder: there is nothing to offer.
  }
  return found;
}
