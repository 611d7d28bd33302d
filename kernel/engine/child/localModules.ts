import Module from 'node:module';
import { pathToFileURL } from 'node:url';
import { beginLook, endLook, versionOf } from './fileVersions.ts';
import { forgetUrls } from './halfLoaded.ts';
import { isInPackage, pathOf } from './typescriptFiles.ts';

/**
 * The user's files that have been loaded, each in one version. Before a cell imports, those that have changed
 * since are forgotten, with what imports them: all others stay as they are, and old versions become garbage.
 */

interface CommonJsModule {
  /** JSON that was imported has none. */
  children?: CommonJsModule[];
  loaded: boolean;
}

interface CommonJs {
  _cache: Record<string, CommonJsModule | undefined>;
  _pathCache: Record<string, string>;
}

const { _cache: cache, _pathCache: paths } = Module as unknown as CommonJs;

// Cells may replace these.
const { entries, values } = Object;

/** The cells' own `require` is a module that is in no table. */
let cells: CommonJsModule | undefined;

export function noteCells(module: object | undefined): void {
  if (module && 'children' in module) cells ??= module as CommonJsModule;
}

/** URLs of ES modules and paths of what is required, with their versions. */
const loaded = new Map<string, string>();

/** Notes a file at the moment that it is asked for. */
export function noteLoaded(key: string, version: string | undefined): void {
  if (version !== undefined && !loaded.has(key)) loaded.set(key, version);
}

/** For the time of an import the user's files are as they are now. */
export async function withCurrentFiles<T>(load: () => Promise<T>): Promise<T> {
  beginLook();
  try {
    forgetChanged();
    return await load();
  } finally {
    endLook();
  }
}

export function withCurrentFilesSync<T>(load: () => T): T {
  beginLook();
  try {
    forgetChanged();
    return load();
  } finally {
    endLook();
  }
}

function forgetChanged(): void {
  const urls = new Set<string>();
  const old = new Set<CommonJsModule>();
  for (const [key, version] of loaded) {
    const path = pathOf(key);
    if (versionOf(path) === version) continue;
    loaded.delete(key);
    urls.add(key).add(pathToFileURL(path).href);
    const module = cache[path];
    // One that is just being loaded may be required by what it requires.
    if (key !== path || !module?.loaded) continue;
    old.add(module);
    delete cache[path];
  }
  forgetUrls(urls);
  if (old.size > 0) forgetChildren(old);
  // Node remembers for good which file a path led to, also where there is another one by now.
  if (loaded.size > 0 || urls.size > 0) {
    for (const [key, path] of entries(paths)) if (!isInPackage(path)) delete paths[key];
  }
}

/** Those that required a module keep it in their lists, the cells' own `require` first of all. */
function forgetChildren(old: ReadonlySet<CommonJsModule>): void {
  for (const module of [...values(cache), cells]) {
    if (module?.children?.some((child) => old.has(child))) {
      module.children = module.children.filter((child) => !old.has(child));
    }
  }
}
