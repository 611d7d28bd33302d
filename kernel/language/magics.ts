import { magicPlace } from '../cells/magics/complete.ts';
import { helpBundle } from '../cells/magics/help.ts';
import { magicNamed } from '../cells/magics/table.ts';
import { ANSWER_MS, type Ask } from './ask.ts';
import { pathsFrom } from './files.ts';
import type { Completion, Inspection } from './service.ts';

/** What to offer within a magic or a shell command; undefined where TypeScript is written. */
export async function completeMagic(
  code: string,
  cursor: number,
  { ask, known }: { ask: Ask; known: (name: string) => boolean },
): Promise<Completion | undefined> {
  const place = magicPlace(code, cursor, known);
  if (place === 'code') return undefined;
  if (!place) return { start: cursor, end: cursor, items: [] };
  const { start } = place;
  const prefix = code.slice(start, cursor);
  const found = (words: readonly string[], type: string): Completion => ({
    ...{ start, end: cursor },
    items: words.filter((word) => word.startsWith(prefix)).map((text) => ({ text, type })),
  });
  if (place.kind === 'words') return found(place.words, 'magic');
  if (place.kind === 'variables') {
    const names = (await ask<string[]>({ kind: 'environment' }, ANSWER_MS)) ?? [];
    return found(names.toSorted(), 'variable');
  }
  const { path, isShell, kind } = place;
  const folder = (await ask<string>({ kind: 'folder' }, ANSWER_MS)) ?? process.cwd();
  return found(await pathsFrom({ path, folder, isShell, isFolder: kind === 'folders' }), 'path');
}

/** The help of the magic whose name the cursor is at. */
export function inspectMagic(code: string, cursor: number): Inspection | undefined {
  const start = code.lastIndexOf('\n', cursor - 1) + 1;
  const line = code.slice(start).split('\n', 1)[0] ?? '';
  const match = /(?:^|=)[ \t]*(%{1,2}([\p{ID_Start}_][\p{ID_Continue}]*))/u.exec(line);
  if (!match || cursor - start > match.index + match[0].length) return undefined;
  const magic = magicNamed(match[2] ?? '');
  return magic && { data: helpBundle(magic) };
}
