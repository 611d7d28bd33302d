import { type FoundMagic, findMagics } from './find.ts';
import { isGlobal } from './names.ts';
import { magicNamed, writtenMagics } from './table.ts';

/** What is being written at the cursor, within a magic or a shell command. */
export type MagicPlace =
  /** One of some words. */
  | { kind: 'words'; start: number; words: string[] }
  /** A path, with blanks escaped for the shell. */
  | { kind: 'files' | 'folders'; start: number; path: string; isShell: boolean }
  /** The name of an environment variable. */
  | { kind: 'variables'; start: number };

/** Stands at the cursor while the code is looked at: a lone `%` is no magic yet. */
const STAND_IN = 'x';

/**
 * What can be offered at the cursor; `code` where it is TypeScript, and nothing within other text of magics.
 * `known` tells which names have a meaning outside the cell.
 */
export function magicPlace(
  code: string,
  cursor: number,
  known: (name: string) => boolean = isGlobal,
): MagicPlace | 'code' | undefined {
  const written = code.slice(0, cursor) + STAND_IN + code.slice(cursor);
  const magic = findMagics(written, known).find(({ start, end }) => start < cursor && cursor <= end);
  if (!magic) {
    const [first] = findMagics(code, known);
    const isBody = first?.kind === 'cell' && cursor > first.end;
    return isBody && magicNamed(first.name)?.isCode !== true ? undefined : 'code';
  }
  if (magic.kind === 'question') return 'code';
  if (magic.kind !== 'shell' && cursor < magic.text) return namePlace(magic, code);
  return textPlace(magic, code, cursor);
}

/** A line may hold a magic of lines; the first of a cell either kind. */
function namePlace({ start, kind, assigned }: FoundMagic, code: string): MagicPlace {
  const names =
    kind === 'cell' || assigned || code.slice(0, start).trim() !== '' ? undefined : writtenMagics();
  return { kind: 'words', start, words: names ?? writtenMagics(kind === 'cell' ? 'cell' : 'line') };
}

function textPlace(
  { kind, name, text }: FoundMagic,
  code: string,
  cursor: number,
): MagicPlace | 'code' | undefined {
  const before = code.slice(text, cursor);
  const word = /(?:\\.|"[^"]*|'[^']*|[^\s"'=:;&|<>()])*$/.exec(before)?.[0] ?? '';
  const start = cursor - word.length;
  if (kind === 'shell') {
    const isCommand = before.slice(0, -word.length || undefined).trim() === '' && !/[/.~]/.test(word);
    return isCommand ? 'code' : { kind: 'files', start, path: word, isShell: true };
  }
  const magic = magicNamed(name);
  if (magic?.options && word.startsWith('-')) {
    return { kind: 'words', start, words: magic.options.map(({ flag }) => `-${flag}`) };
  }
  if (magic?.isCode) return 'code';
  if (magic?.values) return { kind: 'words', start, words: [...magic.values] };
  const { completes } = magic ?? {};
  if (completes === 'magics')
    return { kind: 'words', start, words: [...writtenMagics('line'), ...writtenMagics('cell')] };
  if (completes === 'variables')
    return /[\s=]\S*$/.test(before.trimStart()) ? undefined : { kind: completes, start };
  return completes && { kind: completes, start, path: word, isShell: magic?.isAsync === true };
}
