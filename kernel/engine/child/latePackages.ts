import fs from 'node:fs';
import Module, { isBuiltin } from 'node:module';
import { join } from 'node:path';

/**
 * Node remembers for good that a package.json is not there: a package that is installed after it was asked
 * for is not found, or not as what it is. Node 24 does so in its binding, which is then not asked for what is
 * not there; Node 20 in a table that can only be reached entry by entry, and these are put right.
 */
interface PackageConfig {
  exists: boolean;
}

type Read = (path: string) => PackageConfig;
interface Binding {
  readPackageJSON: (path: string, ...rest: unknown[]) => unknown;
}
interface Resolver {
  _findPath(request: string, paths: readonly string[] | null, ...rest: unknown[]): string | false;
}

// Cells may replace these.
const { existsSync, readFileSync } = fs;
const { assign } = Object;
const { parse } = JSON;

/** To be called once in each thread that looks for modules. `require` reaches Node's own modules. */
export function expectLatePackages(require: NodeJS.Require): void {
  try {
    if (process.version.startsWith('v20.')) {
      const reader = require('internal/modules/package_json_reader') as { read: Read };
      followTable(reader.read);
    } else {
      const { internalBinding } = require('internal/test/binding') as {
        internalBinding(name: string): Binding;
      };
      guardBinding(internalBinding('modules'));
    }
  } catch {
    // A package that was asked for too early then needs a restart.
  }
}

function guardBinding(binding: Binding): void {
  const original = binding.readPackageJSON;
  binding.readPackageJSON = (path, ...rest) => {
    if (!existsSync(path)) return undefined;
    kept.add(path);
    return original.call(binding, path, ...rest);
  };
}

/** The files that the binding keeps as they were. */
const kept = new Set<string>();

/** Whether Node goes by a package.json as it was: then a newer package needs a restart. Puts right what it can. */
export function keepsOld(file: string): boolean {
  const entry = existsSync(file) ? read?.(file) : undefined;
  if (entry) fill(entry, file);
  return kept.has(file);
}

/** The package that a specifier leads to; none for paths, URLs and Node's own modules. */
export function packageOf(specifier: string): string | undefined {
  if (/^(?:[./#]|[a-z][a-z+.-]*:)/i.test(specifier) || isBuiltin(specifier)) return undefined;
  return /^(?:@[^/]*\/)?[^/]*/.exec(specifier)?.[0];
}

/** Of each package the package.json files that were looked for in vain. */
const missing = new Map<string, Set<string>>();
let read: Read | undefined;

function followTable(reader: Read): void {
  read = reader;
  const resolver = Module as unknown as Resolver;
  const original = resolver._findPath;
  // ES modules come here too, for what the error message suggests.
  resolver._findPath = (request, paths, ...rest) => {
    const wanted = packageOf(request);
    if (wanted === undefined) return original.call(Module, request, paths, ...rest);
    const known = missing.get(wanted);
    if (known) bringIn(known);
    const found = original.call(Module, request, paths, ...rest);
    if (found === false) {
      const files = (paths ?? []).map((folder) => join(folder, wanted, 'package.json'));
      missing.set(wanted, new Set([...(known ?? []), ...files]));
    }
    return found;
  };
}

/** To be called before packages are imported: some may have come since they were looked for. */
export function bringInLatePackages(): void {
  for (const files of missing.values()) bringIn(files);
}

function bringIn(files: Set<string>): void {
  for (const file of files) {
    if (!existsSync(file)) continue;
    const entry = read?.(file);
    if (!entry || entry.exists || fill(entry, file)) files.delete(file);
  }
}

/** False where the file is only half written. */
function fill(entry: PackageConfig, file: string): boolean {
  try {
    const { name, main, exports, imports, type } = parse(readFileSync(file, 'utf8')) as Record<
      string,
      unknown
    >;
    const text = (value: unknown): unknown => (typeof value === 'string' ? value : undefined);
    const format = type === 'module' || type === 'commonjs' ? type : 'none';
    const found = { name: text(name), main: text(main), exports, imports, type: format };
    assign(entry, found, { exists: true });
    return true;
  } catch {
    return false;
  }
}
