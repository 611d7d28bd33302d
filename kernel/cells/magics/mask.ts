import { type FoundMagic, findMagics } from './find.ts';
import { parseOptions } from './options.ts';
import { isShellCommand } from './shell.ts';
import { magicNamed } from './table.ts';

/**
 * The code with blanks in place of its magics: as long, with the same lines. What `%time` and its like run
 * stays where it is, and what a magic assigns is an empty list or string. `known` tells which names have a
 * meaning outside the cell.
 */
export function maskMagics(code: string, known: (name: string) => boolean): string {
  let masked = '';
  let at = 0;
  for (const magic of findMagics(code, known)) {
    masked += code.slice(at, magic.start) + standIn(code, magic, known);
    at = magic.kind === 'cell' && !keepsBody(magic) ? code.length : magic.end;
  }
  return masked + code.slice(at);
}

/** Whether the code ends in a magic that goes on: behind a backslash, or a cell magic that has no body yet. */
export function endsContinued(code: string, known: (name: string) => boolean): boolean {
  const last = findMagics(code, known).at(-1);
  if (last?.kind === 'cell') return last.body === undefined;
  if (!last || code.slice(last.end).trim() !== '') return false;
  return /(?:^|[^\\])(?:\\\\)*\\\s*$/.test(code.slice(last.start, last.end));
}

const blank = (text: string): string => text.replace(/[^\n\r]/g, ' ');
const keepsBody = ({ name }: FoundMagic): boolean => magicNamed(name)?.isCode === true;

function standIn(code: string, magic: FoundMagic, known: (name: string) => boolean): string {
  const { kind, start, end, text, assigned } = magic;
  const entry = kind === 'line' || kind === 'cell' ? magicNamed(magic.name) : undefined;
  if (entry?.name === 'capture') return captureLine(code, magic);
  if (entry?.isCode) {
    const from = text + codeStart(code.slice(text, end), magic);
    if (code[from] === '!' && isShellCommand(code.slice(from + 1, end), known))
      return blank(code.slice(start, end));
    return blank(code.slice(start, from)) + code.slice(from, end);
  }
  if (kind === 'cell') return blank(code.slice(start));
  const blanks = blank(code.slice(start, end));
  if (!assigned) return blanks;
  return `${kind === 'shell' ? '[]' : "''"}${blanks.slice(2)}`;
}

/** `%%capture out` declares a name; `let  out     ` is as long. */
function captureLine(code: string, { start, end, text }: FoundMagic): string {
  const name = code.slice(text, end);
  return name.trim() === '' ? blank(code.slice(start, end)) : `${'let'.padEnd(text - start)}${name}`;
}

/** Wrong options hide the whole line. */
function codeStart(text: string, { name }: FoundMagic): number {
  const magic = magicNamed(name);
  try {
    return magic ? parseOptions(magic, text).start : text.length;
  } catch {
    return text.length;
  }
}
