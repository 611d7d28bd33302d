import { type Compiled, compileTypeScript, type ModuleFormat } from './compile.ts';
import { textOf } from './fileVersions.ts';
import { compilerOptionsOf } from './tsconfig.ts';
import { pathOf } from './typescriptFiles.ts';

/** The TypeScript files that were compiled, by the names under which they stand in tracebacks. */

type Kept = Pick<Compiled, 'source' | 'mappings'>;

/** How many of a file are kept: functions of an earlier version may still be in use. */
const VERSIONS = 4;

const compiled = new Map<string, Kept>();
const names = new Map<string, string[]>();
let ownRequire: NodeJS.Require = require;

/** `require` loads the compilers from the kernel's own packages. */
export function compileFilesBy(require: NodeJS.Require): void {
  ownRequire = require;
}

/** Compiles a file as it is now; `name` is its URL, or its path where it is required. */
export function compiledFile(name: string, path: string, format: ModuleFormat): Compiled {
  const found = compileTypeScript({ path, text: textOf(path) }, format, compilerOptionsOf(path), ownRequire);
  const known = (names.get(path) ?? []).filter((other) => other !== name);
  for (const old of known.splice(0, known.length - VERSIONS + 1)) compiled.delete(old);
  names.set(path, [...known, name]);
  compiled.set(name, { source: found.source, mappings: found.mappings });
  return found;
}

/** What a file was made from that stands in a traceback. */
export function keptFile(name: string): Kept | undefined {
  const kept = compiled.get(name);
  // A module in CommonJS goes by its path, though it was imported by its URL.
  return kept ?? (name.startsWith('file:') ? compiled.get(pathOf(name)) : undefined);
}
