import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/** JavaScript of a TypeScript file beside the notebook. */
export interface Compiled {
  code: string;
  /** The TypeScript that it was made from. */
  source: string;
  /** Source-map mappings from `code` to `source`. */
  mappings: string;
}

export type ModuleFormat = 'module' | 'commonjs';

// Cells may replace these.
const { parse, stringify } = JSON;
const { assign, entries, fromEntries } = Object;

const TYPESCRIPT = /\.(?:[mc]?ts|tsx)$/;
export const isTypeScript = (path: string): boolean => TYPESCRIPT.test(path);

/** Decorators, `accessor`, `using` and namespaces: oxc lowers them to helpers of its own, or not at all. */
const FOR_ESBUILD =
  /(^|[^\w"'`./-])@[\w(]|\baccessor\s+[\w#[]|\busing\s+\w|\b(?:namespace|module)\s+[\w$.]+\s*\{/m;

/**
 * Compiles a file as it is now. `require` loads the compilers from the kernel's own packages, when they
 * are needed. Throws a SyntaxError that names the place.
 */
export function compileTypeScript(path: string, format: ModuleFormat, require: NodeJS.Require): Compiled {
  const source = readFileSync(path, 'utf8').replace(/^\uFEFF/, ' ');
  const simple = format === 'module' && !FOR_ESBUILD.test(source) && !path.endsWith('x');
  return { source, ...(simple ? byOxc(source, path, require) : byEsbuild(source, path, format, require)) };
}

type Output = Omit<Compiled, 'source'>;

function byOxc(source: string, path: string, require: NodeJS.Require): Output {
  const { transformSync } = require('oxc-transform') as typeof import('oxc-transform');
  const { code, map, errors } = transformSync(path, source, {
    lang: 'ts',
    target: 'es2023',
    sourcemap: true,
  });
  const [error] = errors;
  if (!error) return { code, mappings: map?.mappings ?? '' };
  // oxc-transform counts in UTF-8.
  const before = Buffer.from(source)
    .subarray(0, error.labels[0]?.start ?? 0)
    .toString()
    .split('\n');
  throw syntaxError(error.message, path, before.length, (before.at(-1)?.length ?? 0) + 1);
}

function byEsbuild(source: string, path: string, format: ModuleFormat, require: NodeJS.Require): Output {
  const { transformSync } = require('esbuild') as typeof import('esbuild');
  const meta = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) };
  const define = entries(meta).map(([key, value]) => [`import.meta.${key}`, stringify(value)]);
  try {
    const { code, map } = transformSync(source, {
      loader: path.endsWith('x') ? 'tsx' : 'ts',
      format: format === 'module' ? 'esm' : 'cjs',
      target: `node${process.versions.node}`,
      sourcemap: 'external',
      logLevel: 'silent',
      define: format === 'module' ? {} : fromEntries(define),
    });
    return { code, mappings: (parse(map) as { mappings: string }).mappings };
  } catch (error) {
    const [first] =
      (error as { errors?: { text: string; location: { line: number; column: number } | null }[] }).errors ??
      [];
    if (!first) throw error;
    throw syntaxError(first.text, path, first.location?.line ?? 1, (first.location?.column ?? 0) + 1);
  }
}

/** `place` survives the way from the thread of module hooks; the traceback shows the line. */
function syntaxError(message: string, path: string, line: number, column: number): SyntaxError {
  return assign(new SyntaxError(message), { place: `${path}:${line}:${column}` });
}
