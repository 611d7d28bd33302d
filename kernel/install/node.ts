import { realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface NodeChoice {
  /** What the kernelspec's argv begins with. */
  path: string;
  /** Whether the path stays when Node is upgraded. */
  stable: boolean;
}

/**
 * Parts of paths that belong to one version, or to one shell: Homebrew's Cellar, the folders of
 * nvm, fnm, volta, asdf and mise, and any other with a full version number in it.
 */
const PASSING = /[\\/]Cellar[\\/]|fnm_multishells|[\\/]v?\d+\.\d+\.\d+[^\\/]*[\\/]|-v?\d+\.\d+\.\d+/;

const WELL_KNOWN = ['/opt/homebrew/opt/node/bin', '/usr/local/opt/node/bin', '/usr/local/bin', '/usr/bin'];

function isSame(path: string, real: string): boolean {
  try {
    return realpathSync(path) === real;
  } catch {
    return false;
  }
}

/**
 * A path to the running Node that survives an upgrade: the first on PATH, then in well-known
 * places, that leads to the same program by a path without a version.
 */
export function chooseNode(
  execPath: string = process.execPath,
  path: string = process.env.PATH ?? '',
  platform: NodeJS.Platform = process.platform,
): NodeChoice {
  const real = realpathSync(execPath);
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const name = platform === 'win32' ? 'node.exe' : 'node';
  const candidates = [...folders, ...(platform === 'win32' ? [] : WELL_KNOWN)].map((f) => join(f, name));
  for (const candidate of [...candidates, execPath]) {
    if (!PASSING.test(candidate) && isSame(candidate, real)) return { path: candidate, stable: true };
  }
  return { path: execPath, stable: false };
}
