import { readFile } from 'node:fs/promises';
import { NotebookError } from './errors.ts';
import { parseNotebook } from './parse.ts';
import { reasonOf } from './reason.ts';
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
