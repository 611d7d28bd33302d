import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A TensorFlow made by `descent tensorflow install`. */
export interface NativeBuild {
  folder: string;
  /** TensorFlow's version. */
  version: string;
  kind: 'cpu' | 'gpu';
  /** When it was made, an ISO date. */
  built: string;
}

/** Where the command keeps its builds, a folder a version: kernel/cli/tensorflow/folder.ts says the same. */
export function buildsFolder(): string {
  const { env, platform } = process;
  const own = ['descent', 'tensorflow'];
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, ...own);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', ...own);
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), ...own);
  return join(homedir(), '.local', 'share', ...own);
}

function read(folder: string): NativeBuild | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8')) as NativeBuild;
    return { ...manifest, folder };
  } catch {
    return undefined;
  }
}

/**
 * The newest build of the command, or that in the folder which the environment variable DESCENT_TENSORFLOW names.
 *
 * @throws Error when that folder has none
 */
export function findBuild(): NativeBuild | undefined {
  const named = process.env.DESCENT_TENSORFLOW;
  if (named) {
    const build = read(named);
    if (build) return build;
    throw new Error(
      `DESCENT_TENSORFLOW is ${JSON.stringify(named)}, which has no build.json: ` +
        'expected the folder of a build of `descent tensorflow install`',
    );
  }
  const folder = buildsFolder();
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return undefined;
  }
  const builds = names.flatMap((name) => (name.startsWith('.') ? [] : (read(join(folder, name)) ?? [])));
  return builds.sort((a, b) => b.built.localeCompare(a.built))[0];
}
