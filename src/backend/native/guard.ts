import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildsFolder } from './build.ts';

/** One may have been killed by chance, as by a restart of the kernel. */
const TOO_MANY = 2;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The marks of processes that ended while they loaded this. */
function marksOfDead(folder: string, key: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith(`${key}-`) && !isRunning(Number(name.slice(key.length + 1))))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

const remove = (paths: readonly string[]): void => {
  for (const path of paths) rmSync(path, { force: true });
};

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // There are marks of others, or it was never made.
  }
}

/**
 * Loads a native library, and leaves a mark while it does: a library that takes its process along is passed over
 * from the third time on. A new file in its place is tried again.
 *
 * @throws Error when it ended the last two processes that loaded it
 */
export function guarded<T>(file: string, load: () => T): T {
  const folder = join(buildsFolder(), '.loading');
  const { mtimeMs } = statSync(file);
  const key = createHash('sha256').update(`${file}\0${mtimeMs}`).digest('hex').slice(0, 16);
  const dead = marksOfDead(folder, key);
  if (dead.length >= TOO_MANY) {
    throw new Error(`it ended the last ${dead.length} processes that loaded it (${file})`);
  }
  const mark = join(folder, `${key}-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(mark, '');
  } catch {
    // Where nothing can be written there is no such protection.
  }
  try {
    const loaded = load();
    remove(dead);
    return loaded;
  } finally {
    remove([mark]);
    removeIfEmpty(folder);
  }
}
