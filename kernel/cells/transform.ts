import { parser } from './ast.ts';
import { tooDeep } from './depth.ts';
import { CellSyntaxError } from './errors.ts';
import { expandMagics } from './magics/expand.ts';
import { mayHaveMagics } from './magics/find.ts';
import { CellRewriter, type ParsedCell } from './rewriter.ts';
import { SessionNames } from './session.ts';
import { type JsxOptions, maybeJavaScript, stripTypes, withoutMarks } from './strip.ts';

/** A cell ready to run as a script of its own. */
export interface TransformedCell {
  code: string;
  /** The names that the script assigns to at its top level, to be declared beforehand. */
  names: string[];
  /** The names of other cells and globals that the cell mentions: what to preload is among them. */
  references: string[];
  /** The script's value is a promise of the cell's result. */
  isAsync: boolean;
  /** The last statement is an expression. */
  hasResult: boolean;
  /** From `code` to the stripped JavaScript, and from there to the TypeScript source where they differ. */
  mappings: string[];
}

/**
 * Turns a TypeScript cell into a script whose top-level names outlive it. Every declaration becomes
 * an assignment to a name declared once beforehand, so everything can be declared again and closures
 * see the new value; magics become calls. Throws a CellSyntaxError with the position in the source.
 */
export function transformCell(
  source: string,
  file: string,
  session: SessionNames = new SessionNames(),
  jsx?: JsxOptions,
): TransformedCell {
  const expanded = mayHaveMagics(source) ? expandMagics(source, file, session) : undefined;
  if (!expanded) return transformTypeScript(source, file, session, jsx);
  try {
    const cell = transformTypeScript(expanded.code, file, session, jsx);
    return { ...cell, mappings: [...cell.mappings, expanded.mappings] };
  } catch (error) {
    if (!(error instanceof CellSyntaxError) || error.source !== expanded.code) throw error;
    const { offset, isMagic } = expanded.toSource(error.start);
    // The user has written no `await`.
    if (isMagic && error.message.includes('`await`')) {
      const help = 'Write `async` before the function, and `await` where it is called';
      throw new CellSyntaxError(
        'this magic takes time: its function must be async',
        source,
        file,
        offset,
        help,
      );
    }
    throw new CellSyntaxError(error.message, source, file, offset, error.help);
  }
}

function transformTypeScript(
  source: string,
  file: string,
  session: SessionNames,
  jsx: JsxOptions | undefined,
): TransformedCell {
  const deep = tooDeep(source);
  if (deep !== undefined)
    throw new CellSyntaxError('the code is nested too deep to be parsed', source, file, deep);
  const { mappings, ...parsed } = parse(withoutMarks(source), file, jsx);
  const cell = new CellRewriter(parsed, source, session);
  const hasResult = cell.rewrite(file);
  return {
    code: cell.edit.toString(),
    names: [...cell.names].map((name) => session.alias(name)),
    references: [...new Set(cell.references.map(({ name }) => name))],
    isAsync: cell.isAsync,
    hasResult,
    mappings: [cell.edit.generateMap({ hires: 'boundary' }).mappings, ...mappings],
  };
}

/** The JavaScript of a cell; a cell without types needs no transform. */
function parse(
  source: string,
  file: string,
  jsx: JsxOptions | undefined,
): ParsedCell & { mappings: string[] } {
  const options = { lang: 'js', sourceType: 'module' } as const;
  if (maybeJavaScript(source)) {
    // The transform would find names declared twice and the like; so must the parser then.
    const { program, errors } = parser().parseSync(file, source, { ...options, showSemanticErrors: true });
    if (errors.length === 0) return { program, code: source, hasNamespaces: false, mappings: [] };
  }
  const { code, mappings, hasNamespaces = false } = stripTypes(source, file, jsx);
  const { program, errors } = parser().parseSync(file, code, options);
  const [error] = errors;
  if (error) throw new CellSyntaxError(error.message, code, file, error.labels[0]?.start ?? 0);
  return { program, code, hasNamespaces, mappings: [mappings] };
}
