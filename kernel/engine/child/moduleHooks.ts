import { readFileSync } from 'node:fs';
import Module, { isBuiltin } from 'node:module';
import { pathToFileURL } from 'node:url';
import { BUNDLED, bundledFile, importedFile, isRequiring } from './bundled.ts';
import { withoutCompilationCache } from './compilationCache.ts';
import { compiledFile } from './compiledFiles.ts';
import { fileFor, resolveNamesBy, versionOf } from './fileVersions.ts';
import { bringInLatePackages, packageOf } from './latePackages.ts';
import { customizeLoader } from './loaderOfNode20.ts';
import { noteLoaded } from './localModules.ts';
import { esmParts, type ResolveContext, type Resolved } from './nodeLoader.ts';
import { isInPackage, isPath, isTypeScript, isUrl, pathOf } from './typescriptFiles.ts';

/**
 * Module hooks by which a notebook imports the files beside it: TypeScript, by the names of its tsconfig.json,
 * and each as it is now. They run on the user's thread: by `module.registerHooks` from Node 22.15 on, in Node 20
 * as the customizations of its loader.
 */

interface Loaded {
  format: string;
  source: string | Buffer;
  shortCircuit: boolean;
}

type Next<A, C, T> = (what: A, context: C) => T;

interface Registration {
  registerHooks?: (hooks: object) => void;
}

let ownRequire: NodeJS.Require = require;

const withoutVersion = (url: string | undefined): string | undefined => url?.split('?', 1)[0];
const isFileUrl = (url: string | undefined): url is string => url?.startsWith('file:') ?? false;

function resolve(
  specifier: string,
  context: ResolveContext,
  next: Next<string, ResolveContext, Resolved>,
): Resolved {
  // `require` has its own way to TypeScript: it wants paths.
  if (context.conditions?.includes('require')) return next(specifier, context);
  const only = importedFile(specifier, ownRequire, !isRequiring());
  if (only !== undefined) return { url: pathToFileURL(only).href, shortCircuit: true };
  const parentURL = withoutVersion(context.parentURL);
  if (parentURL === undefined || isFileUrl(parentURL)) {
    const file = fileFor(specifier, parentURL === undefined ? `${process.cwd()}/cell.ts` : pathOf(parentURL));
    if (file !== undefined) return resolvedFile(file, specifier, { ...context, parentURL }, next);
  }
  if (packageOf(specifier) !== undefined) bringInLatePackages();
  // By the bare URL: Node remembers for good what each importing URL asked for.
  const find = (): Resolved => next(specifier, isFileUrl(parentURL) ? { ...context, parentURL } : context);
  const resolved = BUNDLED.test(specifier) ? orBundled(specifier, find) : find();
  const { url } = resolved;
  if (!isFileUrl(url) || isInPackage(url)) return resolved;
  return isTypeScript(url) ? versioned(pathOf(url)) : noted(resolved, context);
}

/** A file without the package beside it gets the one that comes with the kernel, as a cell does. */
function orBundled(specifier: string, find: () => Resolved): Resolved {
  try {
    return find();
  } catch (error) {
    try {
      return { url: pathToFileURL(bundledFile(specifier, ownRequire)).href, shortCircuit: true };
    } catch {
      throw error;
    }
  }
}

function resolvedFile(
  file: string,
  specifier: string,
  context: ResolveContext,
  next: Next<string, ResolveContext, Resolved>,
): Resolved {
  if (isTypeScript(file)) return versioned(file);
  const asked = isPath(specifier) ? specifier : pathToFileURL(file).href;
  return noted(next(asked, context), context);
}

/** ES modules of each version have a URL of their own, by which their lines are found in tracebacks. */
function versioned(file: string): Resolved {
  const url = pathToFileURL(file);
  if (isInPackage(file)) return { url: url.href, format: formatOf(file), shortCircuit: true };
  const version = versionOf(file);
  if (file.endsWith('.cts')) noteLoaded(file, version);
  else {
    url.search = `?v=${version}`;
    noteLoaded(url.href, version);
  }
  return { url: url.href, format: formatOf(file), shortCircuit: true };
}

/** All other files of the user's keep their URL: Node never forgets a URL of JSON or CommonJS. */
function noted(resolved: Resolved, { parentURL, importAttributes }: ResolveContext): Resolved {
  if (!isFileUrl(resolved.url) || isInPackage(resolved.url)) return resolved;
  const path = pathOf(resolved.url);
  noteLoaded(path, versionOf(path));
  // TypeScript files, like cells, need not say that JSON is JSON.
  const isUntyped = path.endsWith('.json') && importAttributes?.type === undefined;
  return isUntyped && isTypeScript(withoutVersion(parentURL) ?? '')
    ? { ...resolved, importAttributes: { type: 'json' } }
    : resolved;
}

const formatOf = (path: string): 'module' | 'commonjs' => (path.endsWith('.cts') ? 'commonjs' : 'module');

function load<C, T>(url: string, context: C, next: Next<string, C, T>): T | Loaded {
  // Older releases have the translation, but do not take the ending for it.
  if (isFileUrl(url) && url.endsWith('.wasm')) {
    return { format: 'wasm', source: readFileSync(pathOf(url)), shortCircuit: true };
  }
  if (!isFileUrl(url) || !isTypeScript(withoutVersion(url) ?? '')) return next(url, context);
  const path = pathOf(url);
  const format = formatOf(path);
  return { format, source: compiledFile(url, path, format).code, shortCircuit: true };
}

/** To be called once, before the first import of a file. `require` finds the kernel's own packages. */
export function installModuleHooks(require: NodeJS.Require): void {
  ownRequire = require;
  const parts = esmParts();
  resolveNamesBy(nameResolver(parts.defaultResolve));
  compileUncached(parts.translators);
  const { registerHooks } = Module as unknown as Registration;
  if (registerHooks) registerHooks({ resolve, load });
  else customizeLoader({ resolve, load });
}

function nameResolver(defaultResolve: ReturnType<typeof esmParts>['defaultResolve']) {
  /** Names that lead into packages do so for good. */
  const packages = new Set<string>();
  return (specifier: string, parent: string): string | undefined => {
    if (isBuiltin(specifier) || isUrl(specifier)) return undefined;
    const key = `${specifier}\0${parent}`;
    if (packages.has(key)) return undefined;
    try {
      const { url } = defaultResolve(specifier, { parentURL: pathToFileURL(parent).href });
      if (isInPackage(url)) packages.add(key);
      return isFileUrl(url) ? pathOf(url) : undefined;
    } catch {
      return undefined;
    }
  };
}

function compileUncached(translators: ReturnType<typeof esmParts>['translators']): void {
  const original = translators.get('module');
  if (!original) return;
  translators.set('module', function (this: unknown, ...args) {
    const compile = (): unknown => original.apply(this, args);
    return isInPackage(String(args[0])) ? compile() : withoutCompilationCache(compile);
  });
}
