import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keepsOld } from './latePackages.ts';
import { esmLoader } from './nodeLoader.ts';

/** Which packages are installed around the notebook, in which versions, and which of them have been imported. */

// Cells may replace these.
const { parse } = JSON;
const { entries, keys } = Object;

interface LockedPackage {
  version?: string;
  resolved?: string;
  integrity?: string;
}

/** An installed package: what it shows and what tells its contents apart. */
export interface Installed {
  version: string;
  identity: string;
}

/** By the folders below the notebook's, as npm's own list of what it has installed has them. */
export function installedIn(folder: string): Map<string, Installed> {
  const installed = new Map<string, Installed>();
  try {
    const text = readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8');
    const { packages = {} } = parse(text) as { packages?: Record<string, LockedPackage> };
    for (const [place, { version = '', resolved = '', integrity = '' }] of entries(packages)) {
      installed.set(place, { version, identity: `${version} ${resolved} ${integrity}` });
    }
  } catch {
    // Nothing has been installed there.
  }
  return installed;
}

/** Whether Node knows the package of a folder as it was: a module of it, or its package.json. */
export function isInUse(folder: string): boolean {
  return keepsOld(join(folder, 'package.json')) || isLoaded(folder);
}

function isLoaded(folder: string): boolean {
  const { _cache: cache } = Module as unknown as { _cache: Record<string, unknown> };
  const below = folder + sep;
  if (keys(cache).some((path) => path.startsWith(below))) return true;
  const url = pathToFileURL(below).href;
  for (const loaded of esmLoader().loadCache.keys()) if (loaded.startsWith(url)) return true;
  return false;
}
