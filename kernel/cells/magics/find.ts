import { endsValue, Scanner, type Token } from '../tokens.ts';
import { declaredNames } from './declared.ts';
import { inspectionRequest } from './question.ts';
import { isShellCommand } from './shell.ts';

/** A magic, a shell command or a question in a cell. */
export interface FoundMagic {
  kind: 'line' | 'cell' | 'shell' | 'question';
  /** Of a magic. */
  name: string;
  /** Where its sign stands. */
  start: number;
  /** Behind its last line, without the line break. */
  end: number;
  /** Where what follows the name or the sign begins. */
  text: number;
  /** `x = %name` and `x = !command`. */
  assigned: boolean;
  /** Where the body of a cell magic begins; none where its line is the last. */
  body?: number;
}

/** A cell without any of this has no magics. */
const MAYBE = /^[ \t]*[%!?]|=[ \t]*[%!][ \t]*[\p{ID_Start}$_./~]|\?;?[ \t]*$/mu;
const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$]*';
const MAGIC = new RegExp(`%(%?)(${NAME})`, 'yu');
const ASSIGNMENT = new RegExp(
  `(?:(?:const|let|var)[ \\t]+)?(?:${NAME}(?:\\.${NAME})*|[[{][^=\\n]*[\\]}])(?:[ \\t]*:[^=\\n]+)?[ \\t]*=[ \\t]*(?=[!%])`,
  'yu',
);
/** Behind these words a statement begins, or has ended. */
const BEFORE_STATEMENT = new Set(['else', 'do', 'debugger']);

export const mayHaveMagics = (code: string): boolean => MAYBE.test(code);

/** The magics of a cell, in their order. `known` tells which names have a meaning outside the cell. */
export function findMagics(code: string, known: (name: string) => boolean): FoundMagic[] {
  if (!mayHaveMagics(code)) return [];
  const first = cellMagic(code);
  if (first) return [first];
  let own: Set<string> | undefined;
  const isShell = (text: string): boolean =>
    isShellCommand(text, (name) => {
      own ??= declaredNames(code);
      return own.has(name) || known(name);
    });
  const found: FoundMagic[] = [];
  const scanner = new Scanner(code);
  for (let line = 0; line < code.length; ) {
    const end = lineEnd(code, line);
    const magic = magicAt(code, line, end, isShell);
    if (magic && scanner.reach(indented(code, line)) && beginsStatement(scanner.tokens)) {
      found.push(magic);
      scanner.skip(magic.end);
    }
    line = Math.max(end, magic && found.at(-1) === magic ? magic.end : end) + 1;
  }
  return found;
}

function cellMagic(code: string): FoundMagic | undefined {
  const start = /^\s*(?=%%)/.exec(code)?.[0].length;
  const match = start === undefined ? undefined : matchAt(MAGIC, code, start);
  if (start === undefined || !match?.[1]) return undefined;
  const end = lineEnd(code, start);
  const magic: FoundMagic = {
    ...{ kind: 'cell', name: match[2] ?? '', start, end, text: start + match[0].length, assigned: false },
  };
  return end < code.length ? { ...magic, body: end + 1 } : magic;
}

function magicAt(
  code: string,
  line: number,
  end: number,
  isShell: (text: string) => boolean,
): FoundMagic | undefined {
  const start = indented(code, line);
  const question = questionAt(code, start, end);
  if (question) return question;
  const signed = signedAt(code, start, isShell);
  if (signed) return signed;
  const assignment = matchAt(ASSIGNMENT, code, start);
  if (!assignment) return undefined;
  const assigned = signedAt(code, start + assignment[0].length, isShell);
  return assigned && { ...assigned, assigned: true };
}

function signedAt(code: string, start: number, isShell: (text: string) => boolean): FoundMagic | undefined {
  const shared = { start, assigned: false };
  if (code[start] === '!') {
    const end = continuedEnd(code, start);
    const text = code.slice(start + 1, end);
    return isShell(text) ? { ...shared, kind: 'shell', name: '', end, text: start + 1 } : undefined;
  }
  const match = matchAt(MAGIC, code, start);
  if (!match) return undefined;
  const kind = match[1] ? 'cell' : 'line';
  return {
    ...shared,
    ...{ kind, name: match[2] ?? '', end: continuedEnd(code, start), text: start + match[0].length },
  };
}

/** `?name` and `name?`; `condition ?` may go on in the next line. */
function questionAt(code: string, start: number, end: number): FoundMagic | undefined {
  const line = code.slice(start, end);
  if (!line.startsWith('?') && !/[^\s?]\?{1,2};?[ \t\r]*$/.test(line)) return undefined;
  if (!inspectionRequest(line) || /^[ \t]*[?:]/.test(code.slice(end + 1, end + 200))) return undefined;
  if (!line.startsWith('?') && indented(code, end + 1) - end - 1 > start - lineStart(code, start))
    return undefined;
  return { kind: 'question', name: '', start, end, text: start, assigned: false };
}

function beginsStatement(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  if (!last || last.text === ';' || last.kind === 'close') return true;
  if (last.text === '++' || last.text === '--' || BEFORE_STATEMENT.has(last.text)) return true;
  return endsValue(tokens, tokens.length - 1);
}

function matchAt(pattern: RegExp, code: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(code) ?? undefined;
}

const lineStart = (code: string, at: number): number => code.lastIndexOf('\n', at - 1) + 1;

function lineEnd(code: string, at: number): number {
  const end = code.indexOf('\n', at);
  return end < 0 ? code.length : end;
}

function indented(code: string, line: number): number {
  let at = line;
  while (code[at] === ' ' || code[at] === '\t') at += 1;
  return at;
}

/** The end of a line that backslashes may continue. */
function continuedEnd(code: string, at: number): number {
  let end = lineEnd(code, at);
  while (end < code.length && /(?:^|[^\\])(?:\\\\)*\\\r?$/.test(code.slice(at, end)))
    end = lineEnd(code, end + 1);
  return end;
}
