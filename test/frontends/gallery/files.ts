import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JupyterHome } from '../helpers/jupyter.ts';
import { run, tail } from '../helpers/process.ts';
import { root } from '../helpers/tools.ts';
import { CASES } from './cases.ts';
import { galleryNotebook } from './notebook.ts';

/** Writes the notebook of the gallery into the home's working folder and returns its path. */
export function writeGallery(home: JupyterHome, name = 'gallery.ipynb'): string {
  const path = join(home.folder, 'work', name);
  // Some cells import packages of this repository.
  const modules = join(home.folder, 'work/node_modules');
  if (!existsSync(modules)) symlinkSync(join(root, 'node_modules'), modules);
  writeFileSync(path, galleryNotebook(CASES));
  return path;
}

/** Runs the gallery with `descent run`; throws with what it said when a cell fails. */
export async function executeGallery(home: JupyterHome): Promise<{ ipynb: string; html: string }> {
  const notebook = writeGallery(home);
  const folder = join(home.folder, 'executed');
  mkdirSync(folder);
  const args = ['run', notebook, '--ipynb', '--html', '--output-dir', folder];
  const options = { env: home.env, cwd: home.folder, limit: 240_000 };
  const { code, stderr } = await run(process.execPath, [home.main, ...args], options);
  if (code !== 0) throw new Error(`descent run ended with ${code}:\n${tail(stderr)}`);
  return { ipynb: join(folder, 'gallery.executed.ipynb'), html: join(folder, 'gallery.html') };
}
