import type { CodeCell, JsonValue, Notebook } from '../../notebook/notebook.ts';
import { UsageError } from '../errors.ts';
import { tagsOf } from './tags.ts';

export type Parameters = ReadonlyMap<string, JsonValue>;

/** Names that a TypeScript `let` does not allow. */
const RESERVED = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private ' +
    'protected public return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

/** Whether an argument of `--parameters` is one, and not a notebook that follows it. */
export function looksLikeParameter(argument: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*=/u.test(argument);
}

/** `k=v` pairs; a value that is not JSON is text. The last one of a name counts. */
export function parseParameters(pairs: readonly string[]): Parameters {
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      const name = pair.slice(0, at);
      if (RESERVED.has(name)) {
        throw new UsageError(`--parameters is ${JSON.stringify(pair)}: "${name}" is a reserved word`);
      }
      return [name, parseValue(pair.slice(at + 1))];
    }),
  );
}

function parseValue(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/**
 * Puts a cell that declares the parameters in place of an earlier injected one, else after the cell
 * tagged `parameters`, else before all.
 */
export function injectParameters(notebook: Notebook, parameters: Parameters): void {
  if (parameters.size === 0) return;
  const lines = [...parameters].map(([name, value]) => `let ${name} = ${JSON.stringify(value)};`);
  const cell: CodeCell = {
    cell_type: 'code',
    metadata: { tags: ['injected-parameters'] },
    source: ['// Parameters', ...lines].join('\n'),
    execution_count: null,
    outputs: [],
  };
  const injected = notebook.cells.findIndex((c) => tagsOf(c).has('injected-parameters'));
  const declared = notebook.cells.findIndex((c) => tagsOf(c).has('parameters'));
  if (injected >= 0) notebook.cells.splice(injected, 1, cell);
  else notebook.cells.splice(declared + 1, 0, cell);
}
