import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** What decides where Jupyter looks; injected, so that each platform can be tested on any. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  home: string;
}

export function surroundings(): Surroundings {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/** Jupyter's data folder of this user: `jupyter --data-dir`. */
export function userDataDir({ platform, env, home }: Surroundings): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === 'darwin') return join(home, 'Library', 'Jupyter');
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'jupyter');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'jupyter');
}

/** The data folder below a prefix such as a Python environment. */
export function prefixDataDir(prefix: string): string {
  return join(prefix, 'share', 'jupyter');
}

/** The prefix of the active Python environment; undefined when there is none and no python on PATH. */
export async function pythonPrefix({ env, platform }: Surroundings): Promise<string | undefined> {
  const active = env.VIRTUAL_ENV || env.CONDA_PREFIX;
  if (active) return active;
  const names = platform === 'win32' ? ['python', 'py'] : ['python3', 'python'];
  for (const name of names) {
    try {
      const { stdout } = await promisify(execFile)(name, ['-c', 'import sys; print(sys.prefix)'], {
        env,
        timeout: 10_000,
      });
      if (stdout.trim() !== '') return stdout.trim();
    } catch {
      // Not there, or not a Python that runs: the next name may be.
    }
  }
  return undefined;
}

/** Where Jupyter looks for kernelspecs, in its order; `prefix` is that of its Python. */
export function kernelDirs(where: Surroundings, prefix: string | undefined): string[] {
  const { env, platform } = where;
  const system =
    platform === 'win32'
      ? [join(env.PROGRAMDATA || 'C:\\ProgramData', 'jupyter')]
      : ['/usr/local/share/jupyter', '/usr/share/jupyter'];
  const data = [
    ...(env.JUPYTER_PATH ?? '').split(delimiter).filter((path) => path !== ''),
    userDataDir(where),
    ...(prefix === undefined ? [] : [prefixDataDir(prefix)]),
    ...system,
  ];
  return [...new Set(data.map((folder) => join(folder, 'kernels')))];
}
