import { readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { upwards } from './upwards.ts';

export interface DiskChange {
  path: string;
  type: 'created' | 'changed' | 'deleted';
}

const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1/g;
const SOURCE = /\.[cm]?[jt]sx?$/;
/** `./model` may mean any of these. */
const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '.js', '.jsx', '.json', '/index.ts', '/index.d.ts', '/index.js'];
/** So many files are looked at. */
const MAX_FILES = 500;

/**
 * Watches what the types of a notebook depend on outside it: files beside it, what they import, packages and
 * tsconfig.json. They are looked at when somebody asks: a watch of whole folders would follow node_modules.
 */
export class Disk {
  readonly #folder: string;
  readonly #states = new Map<string, string>();
  readonly #imports = new Map<string, { state: string; specifiers: string[] }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What has changed since the last look, of the files that these texts depend on. */
  changes(texts: Iterable<string>): DiskChange[] {
    const seen = new Set<string>();
    const found: DiskChange[] = [];
    for (const folder of upwards(this.#folder)) this.#look(join(folder, 'tsconfig.json'), found);
    for (const text of texts) this.#follow(specifiersIn(text), this.#folder, seen, found);
    return found;
  }

  #follow(specifiers: readonly string[], folder: string, seen: Set<string>, found: DiskChange[]): void {
    for (const specifier of specifiers) {
      if (!/^\.{0,2}\//.test(specifier)) this.#package(specifier, folder, found);
      else {
        for (const path of candidates(resolve(folder, specifier))) {
          if (seen.has(path) || seen.size > MAX_FILES) continue;
          seen.add(path);
          const state = this.#look(path, found);
          if (state && SOURCE.test(path))
            this.#follow(this.#importsOf(path, state), dirname(path), seen, found);
        }
      }
    }
  }

  #package(specifier: string, folder: string, found: DiskChange[]): void {
    const name = /^(?:@[^/]+\/)?[^/:]+(?=\/|$)/.exec(specifier)?.[0];
    if (name === undefined) return;
    for (const at of upwards(folder)) {
      const path = join(at, 'node_modules', name, 'package.json');
      if (this.#look(path, found)) break;
    }
  }

  #importsOf(path: string, state: string): string[] {
    const known = this.#imports.get(path);
    if (known?.state === state) return known.specifiers;
    let specifiers: string[] = [];
    try {
      specifiers = specifiersIn(readFileSync(path, 'utf8'));
    } catch {
      // It has just gone.
    }
    this.#imports.set(path, { state, specifiers });
    return specifiers;
  }

  /** The state of a file; empty where there is none. */
  #look(path: string, found: DiskChange[]): string {
    const stat = statSync(path, { throwIfNoEntry: false });
    const state = stat?.isFile() ? `${stat.mtimeMs} ${stat.size}` : '';
    const before = this.#states.get(path);
    this.#states.set(path, state);
    if (before !== undefined && before !== state) {
      found.push({ path, type: before === '' ? 'created' : state === '' ? 'deleted' : 'changed' });
    }
    return state;
  }
}

const specifiersIn = (text: string): string[] =>
  [...text.matchAll(SPECIFIER)].flatMap(([, , specifier]) => (specifier ? [specifier] : []));

function candidates(path: string): string[] {
  if (SOURCE.test(path)) return [path, path.replace(/\.([cm]?)jsx?$/, '.$1ts')];
  return extname(path) === '.json' ? [path] : ENDINGS.map((ending) => path + ending);
}
