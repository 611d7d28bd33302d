import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Notebook,
  NotebookError,
  readNotebook,
  writeNotebook,
} from '../../../kernel/notebook/notebook.ts';

const notebook: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: 'descent' } },
  cells: [{ cell_type: 'markdown', id: 'a', metadata: {}, source: '# Héllo\n' }],
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notebook-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('writeNotebook', () => {
  it('writes what readNotebook reads, and leaves nothing else behind', async () => {
    const path = join(folder, 'a.ipynb');
    await writeNotebook(path, notebook);
    expect(await readNotebook(path)).toEqual(notebook);
    expect(await readdir(folder)).toEqual(['a.ipynb']);
  });

  it('keeps the mode of the file, also against the umask', async () => {
    const path = join(folder, 'a.ipynb');
    await writeFile(path, '');
    await chmod(path, 0o666);
    await writeNotebook(path, notebook);
    expect((await stat(path)).mode & 0o777).toBe(0o666);
  });

  it('writes through a symbolic link', async () => {
    await writeFile(join(folder, 'real.ipynb'), '');
    await symlink('real.ipynb', join(folder, 'link.ipynb'));
    await writeNotebook(join(folder, 'link.ipynb'), notebook);
    expect(await readNotebook(join(folder, 'real.ipynb'))).toEqual(notebook);
    expect((await readdir(folder)).sort()).toEqual(['link.ipynb', 'real.ipynb']);
  });

  it('leaves the old file whole when writing fails', async () => {
    const path = join(folder, 'taken.ipynb');
    await mkdir(path);
    await expect(writeNotebook(path, notebook)).rejects.toThrow(NotebookError);
    expect(await readdir(folder)).toEqual(['taken.ipynb']);
    const missing = join(folder, 'none', 'a.ipynb');
    await expect(writeNotebook(missing, notebook)).rejects.toThrow(
      `${missing}: cannot be written: no such file or folder`,
    );
  });
});

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
    const copy = join(folder, 'copy.ipynb');
    await writeNotebook(copy, await readNotebook(path));
    expect(await readFile(copy, 'utf8')).toBe(await readFile(path, 'utf8'));
  });
});
