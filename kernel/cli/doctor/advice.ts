import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { Program } from '../../client/program.ts';
import { type Surroundings, surroundings, userDataDir } from '../../install/paths.ts';
import { findProgram } from './programs.ts';

/** A word of a command line as a shell reads it. */
export function quote(word: string, platform: NodeJS.Platform = process.platform): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word) && (platform === 'win32' || !word.includes('\\'))) return word;
  return platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}

/** How this program is called from a shell: by its name where PATH leads to it. */
export function commandName({ main }: Pick<Program, 'main'>): string {
  const onPath = findProgram('descent');
  try {
    if (onPath !== undefined && realpathSync(onPath) === realpathSync(main)) return 'descent';
  } catch {
    // A main that is not there is what the report is about.
  }
  return `${quote(process.execPath)} ${quote(main)}`;
}

/** Whether this is a clone of the repository, which can be built; a package cannot. */
function isClone(root: string): boolean {
  return existsSync(join(root, '.config', 'build.mjs'));
}

/** What brings back the files and packages that are missing or damaged. */
export function repair({ root }: Pick<Program, 'root'>): string {
  const parts = root.split(sep);
  const at = parts.indexOf('node_modules');
  const folder = isClone(root) || at < 0 ? root : parts.slice(0, at).join(sep);
  // npm install takes a package whose folder is there for a whole one; npm ci unpacks all anew.
  if (existsSync(join(folder, 'package-lock.json'))) return `npm ci --prefix ${quote(folder)}`;
  return `reinstall descent-kernel in ${folder}`;
}

/** What brings back the files that are built. */
export function rebuild(program: Pick<Program, 'root'>): string {
  return isClone(program.root) ? `npm run build --prefix ${quote(program.root)}` : repair(program);
}

/** The command that writes the kernelspec of a folder anew. */
export function installCommand(
  command: string,
  folder: string,
  where: Surroundings = surroundings(),
): string {
  const dataDir = dirname(dirname(folder));
  const name = basename(folder);
  const named = name === 'descent' ? '' : ` --name ${quote(name)}`;
  if (dataDir === userDataDir(where)) return `${command} install${named}`;
  const prefix = /^(.*)[\\/]share[\\/]jupyter$/.exec(dataDir)?.[1];
  if (prefix) return `${command} install --prefix ${quote(prefix)}${named}`;
  const set = where.platform === 'win32' ? `set "JUPYTER_DATA_DIR=${dataDir}" &&` : undefined;
  return `${set ?? `JUPYTER_DATA_DIR=${quote(dataDir)}`} ${command} install${named}`;
}
