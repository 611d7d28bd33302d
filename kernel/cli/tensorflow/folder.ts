import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What is known of a native build: its `build.json`. */
export interface Manifest {
  /** TensorFlow's version, as the addon reports it. */
  version: string;
  kind: 'cpu' | 'gpu';
  /** Where the libraries came from. */
  source: string;
  /** `linux-x64` */
  target: string;
  /** The version of tfjs-node's sources. */
  addon: string;
  compiler: string;
  /** When it was made, an ISO date. */
  built: string;
  /** In bytes. */
  size: number;
}

export interface Build {
  folder: string;
  manifest: Manifest;
}

/** The file that makes a folder a build; the last to be written. src/backend/native/build.ts reads it as well. */
export const MANIFEST = 'build.json';

/** Folders of builds that are being made: no version begins like this. */
export const UNFINISHED = '.building-';

/** The folder of the marks that a load leaves while it goes on: src/backend/native/guard.ts. */
export const LOADING = '.loading';

/** Where builds are kept, one folder a version: below the user's data folder. */
export function buildsFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, 'descent', 'tensorflow');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'descent', 'tensorflow');
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'descent', 'tensorflow');
  }
  return join(home, '.local', 'share', 'descent', 'tensorflow');
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/** The finished builds, the newest first. */
export function findBuilds(folder: string = buildsFolder()): Build[] {
  if (!existsSync(folder)) return [];
  const builds = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const manifest = readManifest(path);
      return manifest ? [{ folder: path, manifest }] : [];
    });
  return builds.sort((a, b) => b.manifest.built.localeCompare(a.manifest.built));
}
