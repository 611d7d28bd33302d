import { NAME } from '../namePattern.ts';
import { Scanner } from '../tokens.ts';
import { CellNames } from './declared.ts';
import { type Place, placeOf } from './place.ts';
import { inspectionRequest } from './question.ts';
import { magicNamed } from './table.ts';

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
  /** It stands in no block. */
  isTop?: boolean;
  /** Where the body of a cell magic begins; none where its line is the last. */
  body?: number;
}

/** A cell without any of this has no magics. */
const MAYBE = /^[ \t]*[%!?]|=[ \t]*[%!][ \t]*[\p{ID_Start}$_./~]|\?;?[ \t]*$/mu;
const MAGIC = new RegExp(`%(%?)(${NAME})`, 'yu');
const ASSIGNMENT = new RegExp(
  `(?:(?:export[ \\t]+)?(?:const|let|var)[ \\t]+)?(?:${NAME}(?:\\.${NAME})*|[[{][^=\\n]*[\\]}])(?:[ \\t]*:[^=\\n]+)?[ \\t]*=[ \\t]*(?=[!%])`,
  'yu',
);
/** A backslash that is not itself behind one. */
const CONTINUED = /(?:^|[^\\])(?:\\\\)*\\\r?$/;

export const mayHaveMagics = (code: string): boolean => MAYBE.test(code);

/** The magics of a cell, in their order. `known` tells which names have a meaning outside the cell. */
export function findMagics(code: string, known: (name: string) => boolean): FoundMagic[] {
  if (!mayHaveMagics(code)) return [];
  const first = cellMagic(code);
  if (first && !(first.body !== undefined && magicNamed(first.name)?.isCode)) return [first];
  const names = new CellNames(code, known);
  const found: FoundMagic[] = first ? [first] : [];
  const scanner = new Scanner(code);
  if (first) scanner.skip(first.end);
  for (let line = first?.body ?? 0; line < code.length; ) {
    const end = lineEnd(code, line);
    const magic = candidateAt(code, line, end);
    const place = magic && placeOf(scanner, indented(code, line));
    const isMagic = place && isMeant(magic, place, code, names);
    if (isMagic) {
      found.push({ ...magic, isTop: place === 'top' });
      scanner.skip(magic.end);
    }
    line = (isMagic ? magic.end : end) + 1;
  }
  return found;
}

/** In blocks only what can hardly be an expression. */
function isMeant(
  { kind, name, start, text, end }: FoundMagic,
  place: Place,
  code: string,
  names: CellNames,
): boolean {
  if (kind === 'shell') return names.isShell(code.slice(text, end), place);
  // `total\n%count`: an expression that goes on.
  if (
    kind === 'line' &&
    magicNamed(name) === undefined &&
    names.has(name) &&
    code.slice(0, start).trim() !== ''
  )
    return false;
  return place === 'top' || (kind === 'line' && magicNamed(name) !== undefined);
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

/** What a line is if a statement begins there. */
function candidateAt(code: string, line: number, end: number): FoundMagic | undefined {
  const start = indented(code, line);
  const magic = questionAt(code, start, end) ?? signedAt(code, start);
  if (magic) return magic;
  const assignment = matchAt(ASSIGNMENT, code, start);
  const assigned = assignment && signedAt(code, start + assignment[0].length);
  return assigned && { ...assigned, assigned: true };
}

function signedAt(code: string, start: number): FoundMagic | undefined {
  const shared = { start, assigned: false };
  if (code[start] === '!') {
    return { ...shared, kind: 'shell', name: '', end: continuedEnd(code, start), text: start + 1 };
  }
  const match = matchAt(MAGIC, code, start);
  if (!match) return undefined;
  const [whole, second, name = ''] = match;
  const text = start + whole.length;
  const isCode =
    !second && magicNamed(name)?.isCode && !/^[ \t]*!/.test(code.slice(text, lineEnd(code, text)));
  const end = isCode ? codeEnd(code, text) : continuedEnd(code, start);
  return { ...shared, kind: second ? 'cell' : 'line', name, end, text };
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
  for (let from = at; end < code.length && CONTINUED.test(code.slice(from, end)); ) {
    from = end + 1;
    end = lineEnd(code, from);
  }
  return end;
}

/** The end of the line where all brackets of TypeScript are closed that were opened from a place on. */
function codeEnd(code: string, at: number): number {
  const scanner = new Scanner(code.slice(at));
  for (let end = lineEnd(code, at); ; end = lineEnd(code, end + 1)) {
    if (scanner.reach(end - at)) return end;
    if (end === code.length) return lineEnd(code, at);
  }
}
