import type { CodeCell, JsonValue, Notebook } from '../../notebook/notebook.ts';
import { UsageError } from '../errors.ts';
import { tagsOf } from './tags.ts';

export type Parameters = ReadonlyMap<string, JsonValue>;

/** Names that a top-level `let` of TypeScript does not allow. */
const RESERVED = new Set(
  (
    'Infinity NaN arguments await break case catch class const continue debugger default delete do else ' +
    'enum eval export extends false finally for function if implements import in instanceof interface let ' +
    'new null package private protected public return static super switch this throw true try typeof ' +
    'undefined var void while with yield'
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
      if (RESERVED.has(name))
        throw unusable(pair, `"${name}" belongs to the language, expected another name`);
      return [name, parseValue(pair, pair.slice(at + 1))];
    }),
  );
}

function unusable(pair: string, reason: string): UsageError {
  return new UsageError(`--parameters is ${JSON.stringify(pair)}: ${reason}`);
}

function parseValue(pair: string, text: string): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
  const withoutStrings = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  for (const [number] of withoutStrings.matchAll(/-?\d[\d.eE+-]*/g)) {
    if (isKept(number)) continue;
    throw unusable(
      pair,
      `a number cannot hold ${number}, only ${Number(number)}; for text write "${number}"`,
    );
  }
  return value;
}

/** Whether a number comes out as it was written, but for the rounding of a fraction. */
function isKept(text: string): boolean {
  const number = Number(text);
  if (!Number.isFinite(number)) return false;
  if (number === 0) return !/[1-9]/.test(text.replace(/[eE].*/, ''));
  return !/^-?\d+$/.test(text) || BigInt(text) === BigInt(number);
}

/** The value as an expression: JSON, but for what means something else in a program. */
function literal(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => {
    // `"__proto__": x` would set the prototype.
    return `${key === '__proto__' ? '["__proto__"]' : JSON.stringify(key)}:${literal(member)}`;
  });
  return `{${members.join(',')}}`;
}

/**
 * Puts a cell that declares the parameters in place of an earlier injected one, else after the cell
 * tagged `parameters`, else before all.
 */
export function injectParameters(notebook: Notebook, parameters: Parameters): void {
  if (parameters.size === 0) return;
  const lines = [...parameters].map(([name, value]) => `let ${name} = ${literal(value)};`);
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
