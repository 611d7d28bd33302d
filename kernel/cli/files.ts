import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, readlink, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { atExit } from '../client/atExit.ts';

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** The file that writing to `path` changes: links are followed, also those to what is not there yet. */
export async function realTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const parent = dirname(path);
    if (!hasCode(error, 'ENOENT') || parent === path) throw error;
    const folder = await realTarget(parent);
    const link = await readlink(path).catch(() => undefined);
    return link === undefined ? join(folder, basename(path)) : realTarget(resolve(folder, link));
  }
}

/** Where the new content goes, and the mode that it is to have where a file is there already. */
async function destination(path: string): Promise<{ target: string; mode: number | undefined }> {
  const target = await realTarget(path);
  const found = await stat(target).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (found?.isDirectory()) throw new Error('it is a folder');
  if (found && !found.isFile()) throw new Error('it is not a regular file');
  return { target, mode: found && found.mode & 0o7777 };
}

/** Has a file made beside `target` that is gone in the end, however that comes. */
async function withTemporary(target: string, work: (temporary: string) => Promise<void>): Promise<void> {
  // Without the target's name: that may be as long as a name can be.
  const temporary = join(dirname(target), `.descent-${randomUUID().slice(0, 8)}.tmp`);
  const remove = (): void => rmSync(temporary, { force: true });
  const spare = atExit(remove);
  try {
    await work(temporary);
  } finally {
    spare();
    remove();
  }
}

/**
 * Writes a file in one step: a reader sees the old content or the new one. The mode of a file that is
 * there is kept, and a symbolic link stays one.
 */
export async function replaceFile(path: string, content: string, newMode = 0o666): Promise<void> {
  const { target, mode } = await destination(path);
  await withTemporary(target, async (temporary) => {
    const file = await open(temporary, 'wx', mode ?? newMode);
    try {
      // The mode given to open() is cut by the umask, chmod's is not.
      if (mode !== undefined) await file.chmod(mode);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  });
}

/** Throws what {@link replaceFile} would, as far as that shows before the content is there. */
export async function checkReplaceable(path: string): Promise<void> {
  const { target } = await destination(path);
  await withTemporary(target, async (temporary) => (await open(temporary, 'wx')).close());
}
