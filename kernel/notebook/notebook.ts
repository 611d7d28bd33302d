import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { NotebookError } from './errors.ts';
import { formatNotebook } from './format.ts';
import { parseNotebook } from './parse.ts';
import type { Notebook } from './types.ts';

export { NotebookError } from './errors.ts';
export type {
  Attachments,
  Cell,
  CodeCell,
  DisplayDataOutput,
  ExecuteResultOutput,
  JsonObject,
  JsonValue,
  MimeBundle,
  Notebook,
  Output,
  RawCell,
} from './types.ts';

/**
 * Reads an nbformat 4 notebook.
 *
 * @throws NotebookError with a one-line message that begins with the path: the file cannot be read,
 *   is not JSON, is of another nbformat, or a part of it has the wrong shape.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new NotebookError(`cannot be read: ${reasonOf(cause)}`, { path, cause });
  }
  try {
    return parseNotebook(text);
  } catch (cause) {
    if (!(cause instanceof NotebookError)) throw cause;
    throw new NotebookError(cause.problem, {
      path,
      ...(cause.place === undefined ? {} : { place: cause.place }),
      cause,
    });
  }
}

/**
 * Writes a notebook as Jupyter does (nbformat 4.5). The file is replaced in one step, so that a
 * reader sees the old or the new one; its mode is kept, and a symbolic link stays one.
 *
 * @throws NotebookError when the file or its folder cannot be written.
 */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  const text = formatNotebook(notebook);
  try {
    await replaceFile(path, text);
  } catch (cause) {
    throw new NotebookError(`cannot be written: ${reasonOf(cause)}`, { path, cause });
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (found) => found.mode & 0o7777,
    () => undefined,
  );
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
      // The mode given to open() is cut by the umask, chmod's is not.
      if (mode !== undefined) await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'no such file or folder';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  return cause instanceof Error ? cause.message : String(cause);
}
