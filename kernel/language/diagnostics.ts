import { LINES_ABOVE } from './documents.ts';
import type { Range } from './positions.ts';
import { withoutModules } from './serverText.ts';

/** A type error of a cell. */
export interface Diagnostic {
  /** Counts from 1. */
  line: number;
  /** Counts from 1, in UTF-16 units. */
  column: number;
  code: number;
  message: string;
  /** The name that the message is about. */
  name: string;
}

/** A diagnostic as the language server gives it. */
export interface ServerDiagnostic {
  range: Range;
  severity?: number;
  code?: number | string;
  message: string;
}

const ERROR = 1;

/** A name that is not known; where the runtime knows it, there is nothing wrong. */
const UNKNOWN_NAME = new Set([2304, 2503, 2552, 2580, 2581, 2582, 2583, 2584, 2585, 2591, 2592, 2593]);

/** A use of a name before its declaration: the one of an earlier cell, where there is one. */
const BEFORE_DECLARATION = new Set([2448, 2449, 2450, 2454, 2502]);

/**
 * A type that is missing, as scripts have it. The option that finds them is on all the same: without it, an
 * empty array would never hold anything.
 */
const MISSING_TYPE = new Set([
  ...[2683, 7005, 7006, 7008, 7009, 7010, 7011, 7013, 7015, 7017, 7018, 7019, 7020, 7022, 7023, 7024, 7025],
  ...[7031, 7032, 7033, 7034, 7041, 7051, 7052, 7053, 7055, 7056, 7057],
]);

/** What only modules may not do, and cells may: whatever can run is no mistake. */
const ALLOWED = new Set([
  // Modules that the runtime finds or has already complained of, packages without types.
  ...[
    1192, 1259, 1471, 1479, 1541, 1542, 2305, 2306, 2307, 2497, 2498, 2613, 2614, 2664, 2665, 2724, 2792,
    2834, 2835,
  ],
  ...[2875, 7016],
  // `null ?? 0`, as texts about the language have it.
  2871,
  // Names that are declared again.
  ...[2300, 2393, 2403, 2440, 2451, 2567, 2813, 2814],
  // Assignments to names of other cells that are functions, classes or imports.
  ...[2588, 2628, 2629, 2630, 2631, 2632],
]);

/** The name that a message is about; that of a module comes before the one that it lacks. */
export const quoted = (message: string): string =>
  (/member named '([^']+)'/.exec(message) ?? /'([^']+)'/.exec(message))?.[1] ?? '';

/** The names that are said to be unknown. */
export function unknownNames(diagnostics: readonly ServerDiagnostic[]): Set<string> {
  const unknown = diagnostics.filter(({ code }) => UNKNOWN_NAME.has(Number(code)));
  return new Set(unknown.map(({ message }) => quoted(message)).filter((name) => name !== ''));
}

export interface KnownNames {
  /** Declared by earlier cells. */
  earlier: ReadonlySet<string>;
  /** Of the unknown names those that have a value in the runtime. */
  live: ReadonlySet<string>;
}

/** The errors that are worth a word, of a cell of so many lines. */
export function worthSaying(
  diagnostics: readonly ServerDiagnostic[],
  lines: number,
  known: KnownNames,
): Diagnostic[] {
  const isMistake = ({ severity, code, message }: ServerDiagnostic): boolean => {
    if (severity !== ERROR || typeof code !== 'number' || ALLOWED.has(code) || MISSING_TYPE.has(code))
      return false;
    if (BEFORE_DECLARATION.has(code)) return !known.earlier.has(quoted(message));
    return !UNKNOWN_NAME.has(code) || !known.live.has(quoted(message));
  };
  return diagnostics.filter(isMistake).flatMap(({ range, code, message }) => {
    const line = range.start.line - LINES_ABOVE + 1;
    if (line < 1 || line > lines) return [];
    const column = range.start.character + 1;
    return [{ line, column, code: Number(code), message: plain(message), name: quoted(message) }];
  });
}

/** A hint about a compiler option is of no use in a notebook. */
const plain = (message: string): string =>
  withoutModules(message)
    .replace(/ Do you need to (?:change your target library|install type definitions).*$/s, '')
    .trim();
