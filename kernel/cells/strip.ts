import { createRequire } from 'node:module';
import { CellSyntaxError } from './errors.ts';
import { esbuildError } from './esbuildError.ts';

const require = createRequire(import.meta.url);

export interface Stripped {
  code: string;
  /** Source-map mappings from `code` to the TypeScript source. */
  mappings: string;
  /** A bare `var x` begins a namespace. */
  hasNamespaces?: boolean;
}

type CompilerOptions = Readonly<Record<string, unknown>>;

/** What the user's tsconfig.json says about JSX, asked when a cell may have some; undefined where it is off. */
export type JsxOptions = () => CompilerOptions | undefined;

/** `</a>`, `<a b />`, `<>`. */
const JSX = /<\/[\w.:-]*\s*>|<[\w.:-]+(?:\s[^<>]*)?\/>|<>/;

export const mayHaveJsx = (source: string): boolean => JSX.test(source);

/** The language level that the oldest supported Node runs as it is. */
const TARGET = 'es2023';

/** Blanks of the same length in place of a byte order mark and a `#!`: positions hold. */
export const withoutMarks = (written: string): string =>
  written.replace(/^\uFEFF/, ' ').replace(/^( ?)#!/, '$1//');

/**
 * Signs of what TypeScript adds, or of what means something else in JavaScript: `f<T>(x)` is two comparisons.
 * A line break may stand for a semicolon, which the transform writes and the rewriting relies on.
 */
const NOT_PLAIN = /[<@:\n\r\u2028\u2029]|\b(?:using|accessor|import|export)\b/;

/** Whether a cell can be tried as JavaScript as it stands; the parser finds the rest of what is TypeScript. */
export const maybeJavaScript = (source: string): boolean => !NOT_PLAIN.test(source);

/**
 * Removes types and lowers what Node cannot run: enums, parameter properties, `using` by oxc;
 * standard decorators, `accessor` and namespaces by esbuild, loaded only when a cell has them.
 * Imports that look unused are kept, since a later cell may use them. JSX is lowered where it is switched on.
 * Throws a CellSyntaxError with the position in the TypeScript source.
 */
export function stripTypes(source: string, file: string, jsx: JsxOptions = () => undefined): Stripped {
  try {
    return needsLowering(source) ? lowerByEsbuild(source, file) : stripByOxc(source, file);
  } catch (error) {
    // In TypeScript proper, `<T>x` is an assertion: only what is none can be JSX.
    const options = mayHaveJsx(source) ? jsx() : undefined;
    if (!options) throw error;
    return lowerByEsbuild(source, file, options);
  }
}

function stripByOxc(source: string, file: string): Stripped {
  const { transformSync } = require('oxc-transform') as typeof import('oxc-transform');
  const result = transformSync(file, source, {
    lang: 'ts',
    sourceType: 'module',
    target: TARGET,
    sourcemap: true,
    typescript: { onlyRemoveTypeImports: true },
  });
  const [error] = result.errors;
  if (error) {
    const start = characters(source, error.labels[0]?.start ?? 0);
    throw new CellSyntaxError(error.message, source, file, start, error.helpMessage);
  }
  return { code: result.code, mappings: result.map?.mappings ?? '' };
}

/** The length of a source's first bytes: oxc-transform counts in UTF-8. */
function characters(source: string, bytes: number): number {
  return Buffer.from(source).subarray(0, bytes).toString().length;
}

const NAMESPACE = /\b(?:namespace|module)\s+[\p{ID_Start}$_][\p{ID_Continue}$.]*\s*\{/u;

/** An `@` that may begin a decorator, the word `accessor`, or a namespace, whose parts oxc does not link. */
function needsLowering(source: string): boolean {
  return (
    /(^|[^\w"'`./-])@[\w(]/m.test(source) || /\baccessor\s+[\w#[]/.test(source) || NAMESPACE.test(source)
  );
}

function lowerByEsbuild(source: string, file: string, jsx?: CompilerOptions): Stripped {
  const esbuild = require('esbuild') as typeof import('esbuild');
  const standard = { verbatimModuleSyntax: true, useDefineForClassFields: true };
  try {
    const result = esbuild.transformSync(source, {
      loader: jsx ? 'tsx' : 'ts',
      format: 'esm',
      target: `node${process.versions.node}`,
      sourcemap: 'external',
      sourcefile: file,
      logLevel: 'silent',
      tsconfigRaw: { compilerOptions: { ...jsx, ...standard } },
    });
    const { mappings } = JSON.parse(result.map) as { mappings: string };
    return { code: result.code, mappings, hasNamespaces: NAMESPACE.test(source) };
  } catch (error) {
    const first = esbuildError(error);
    if (!first) throw error;
    const above = source.split('\n').slice(0, first.line - 1);
    const start = above.reduce((length, line) => length + line.length + 1, first.column);
    throw new CellSyntaxError(first.text, source, file, start);
  }
}
