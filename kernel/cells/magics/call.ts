import type { FoundMagic } from './find.ts';
import { interpolated } from './interpolate.ts';
import { literal } from './literal.ts';
import type { KnownNames } from './names.ts';

/** A part of the cell and what takes its place. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

export interface MagicContext {
  source: string;
  file: string;
  names: KnownNames;
}

/**
 * A call whose arguments are the parts of a text: its strings, and the values of its expressions, which stay
 * where they are. As many lines follow as the text had. `close` ends the call.
 */
export function callEdits(
  found: FoundMagic,
  { source, names }: MagicContext,
  call: string,
  text: { start: number; end: number },
  close = ')',
): Edit[] {
  const written = source.slice(text.start, text.end);
  const edits: Edit[] = [];
  let from = found.start;
  let pending = call;
  let lines = '';
  const put = (end: number, code: string): void => {
    lines += source.slice(from, end).replace(/[^\n]/g, '');
    edits.push({ start: from, end, text: code });
  };
  for (const part of interpolated(written, names)) {
    if (part.text !== undefined) {
      // The shell joins continued lines itself.
      const joined = found.kind === 'shell' ? part.text : part.text.replace(/\\\r?\n/g, ' ');
      pending += `${literal(joined)}, `;
      continue;
    }
    put(text.start + part.start, `${pending}(`);
    from = text.start + part.end;
    pending = '), ';
  }
  put(text.end, '');
  const last = edits.at(-1) as Edit;
  return [...edits.slice(0, -1), { ...last, text: `${pending}${close};${lines}` }];
}
