import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { esbuildError } from '../../cells/esbuildError.ts';
import type { CompilerOptions } from './tsconfig.ts';

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
const { assign, entries, fromEntries, keys } = Object;

/** Decorators, `accessor`, `using` and namespaces: oxc lowers them to helpers of its own, or not at all. */
const FOR_ESBUILD =
  /(^|[^\w"'`./-])@[\w(]|\baccessor\s+[\w#[]|\busing\s+\w|\b(?:namespace|module)\s+[\w$.]+\s*\{/m;

/**
 * Compiles the text of a file, as the user's tsconfig.json has it. `require` loads the compilers from the
 * kernel's own packages, when they are needed. Throws a SyntaxError that names the place.
 */
export function compileTypeScript(
  file: { path: string; text: string },
  format: ModuleFormat,
  options: CompilerOptions,
  require: NodeJS.Require,
): Compiled {
  const { path } = file;
  const source = file.text.replace(/^\uFEFF/, ' ');
  const { experimentalDecorators: _, ...others } = options;
  const wanted = path.endsWith('x')
    ? options
    : fromEntries(entries(others).filter(([name]) => !/^jsx/.test(name)));
  const isPlain = format === 'module' && !path.endsWith('x') && keys(wanted).length === 0;
  if (isPlain && !FOR_ESBUILD.test(source)) return { source, ...byOxc(source, path, require) };
  return { source, ...byEsbuild(source, path, format, options, require) };
}

/** What is wrong with a file of JSON with comments, if anything. */
export function syntaxErrorIn(text: string, path: string, require: NodeJS.Require): Error | undefined {
  const { transformSync } = require('oxc-transform') as typeof import('oxc-transform');
  const source = `(${text.replace(/^\uFEFF/, '')}\n)`;
  const [error] = transformSync('config.ts', source, { lang: 'ts' }).errors;
  if (!error) return undefined;
  const { line, column } = placeIn(source, error.labels[0]?.start ?? 0);
  return new SyntaxError(`${error.message} (${path}:${line}:${line === 1 ? column - 1 : column})`);
}

/** oxc-transform counts in UTF-8. */
function placeIn(source: string, offset: number): { line: number; column: number } {
  const before = Buffer.from(source).subarray(0, offset).toString().split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
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
  const { line, column } = placeIn(source, error.labels[0]?.start ?? 0);
  throw syntaxError(error.message, path, line, column);
}

function byEsbuild(
  source: string,
  path: string,
  format: ModuleFormat,
  options: CompilerOptions,
  require: NodeJS.Require,
): Output {
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
      tsconfigRaw: { compilerOptions: { ...options } },
      define: format === 'module' ? {} : fromEntries(define),
    });
    return { code, mappings: (parse(map) as { mappings: string }).mappings };
  } catch (error) {
    const first = esbuildError(error);
    if (!first) throw error;
    throw syntaxError(first.text, path, first.line, first.column + 1);
  }
}

/** `place` survives the way from the thread of module hooks; the traceback shows the line. */
function syntaxError(message: string, path: string, line: number, column: number): SyntaxError {
  return assign(new SyntaxError(message), { place: `${path}:${line}:${column}` });
}
