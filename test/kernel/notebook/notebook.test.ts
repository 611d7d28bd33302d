import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatNotebook } from '../../../kernel/notebook/format.ts';
import { readNotebook } from '../../../kernel/notebook/notebook.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notebook-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('readNotebook', () => {
  it('names the file and the place', async () => {
    const path = join(folder, 'bad.ipynb');
    await writeFile(path, '{"nbformat":4,"cells":[{"cell_type":"raw","source":7}]}');
    const error: unknown = await readNotebook(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'NotebookError',
      path,
      place: 'cells[0].source',
      message: `${path}: cells[0].source: expected string or string[], got number`,
    });
  });

  it('says why a file cannot be read', async () => {
    const missing = join(folder, 'none.ipynb');
    await expect(readNotebook(missing)).rejects.toThrow(`${missing}: cannot be read: no such file or folder`);
    await expect(readNotebook(folder)).rejects.toThrow(`${folder}: cannot be read: it is a folder`);
  });

  it('reads a notebook with every kind of cell and writes it back the same', async () => {
    const path = new URL('../page/fixtures/everything.ipynb', import.meta.url).pathname;
    expect(formatNotebook(await readNotebook(path))).toBe(await readFile(path, 'utf8'));
  });
});
