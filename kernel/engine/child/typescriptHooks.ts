import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { compileTypeScript, isTypeScript } from './compile.ts';
import { bringInLatePackages, expectLatePackages, packageOf } from './latePackages.ts';
import { typescriptFile, versionOf } from './typescriptFiles.ts';

/**
 * Module hooks that let a notebook import TypeScript files beside it. They are synchronous, so that
 * they serve `module.registerHooks` (Node 22.15 on) and `module.register` (before) alike.
 */

interface ResolveContext {
  parentURL?: string | undefined;
  conditions?: readonly string[];
  importAttributes?: Record<string, string>;
}
interface Resolved {
  url: string;
  format?: string;
  shortCircuit?: boolean;
  importAttributes?: Record<string, string>;
}
interface Loaded {
  format: string;
  source: string;
  shortCircuit: boolean;
}

const require: NodeJS.Require = createRequire(import.meta.url);
// Hooks that are registered have a thread, and tables of Node's, to themselves.
if (!isMainThread) expectLatePackages(require);

export function resolve<T>(
  specifier: string,
  context: ResolveContext,
  next: (specifier: string, context: ResolveContext) => T,
): T | Resolved {
  // `require` has its own way to TypeScript: it wants paths.
  const required = context.conditions?.includes('require') ?? false;
  if (
    !required &&
    /^(?:\.{0,2}\/|file:)/.test(specifier) &&
    (context.parentURL ?? 'file:').startsWith('file:')
  ) {
    const file = typescriptFile(new URL(specifier, context.parentURL));
    if (file) {
      const url = pathToFileURL(file);
      url.search = `?v=${versionOf(file)}`;
      return { url: url.href, format: formatOf(file), shortCircuit: true };
    }
  }
  if (!required && specifier.endsWith('.json') && isTypeScript(context.parentURL?.split('?')[0] ?? '')) {
    return withType(next(specifier, context)) as T;
  }
  if (packageOf(specifier) !== undefined) bringInLatePackages();
  return next(specifier, context);
}

/** TypeScript files, like cells, need not say that JSON is JSON. */
function withType(resolved: unknown): unknown {
  if (resolved instanceof Promise) return resolved.then(withType);
  return { ...(resolved as Resolved), importAttributes: { type: 'json' } };
}

const formatOf = (path: string): 'module' | 'commonjs' => (path.endsWith('.cts') ? 'commonjs' : 'module');

export function load<C, T>(url: string, context: C, next: (url: string, context: C) => T): T | Loaded {
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'file:' || !isTypeScript(pathname)) return next(url, context);
  const path = fileURLToPath(new URL(pathname, 'file:'));
  if (!existsSync(path)) return next(url, context);
  const format = formatOf(path);
  return { format, source: compileTypeScript(path, format, require).code, shortCircuit: true };
}
