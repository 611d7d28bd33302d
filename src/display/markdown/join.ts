import { escapeCode, escapeMarkdown, escapeTex, onOneLine } from './escape.ts';
import { type Mark, type Region, regionsOf, slot } from './regions.ts';
import { escapeTagValue } from './tag.ts';

/** Markdown as it is, or text that is to show literally. */
export type Piece = string | { readonly literal: string };

interface Slot {
  readonly at: number;
  readonly literal: string;
}

interface Edit {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

/**
 * Join pieces of Markdown, without the blanks around all of it: what is literal is escaped for the place where
 * it stands; throws a TypeError where no text may stand.
 */
export function joinPieces(pieces: readonly Piece[]): string {
  const joined = pieces.map((piece) => (typeof piece === 'string' ? piece : slot)).join('');
  const text = joined.trim();
  let at = joined.trimStart().length - joined.length;
  const slots: Slot[] = [];
  for (const piece of pieces) {
    if (typeof piece !== 'string') slots.push({ at, literal: piece.literal });
    at += typeof piece === 'string' ? piece.length : slot.length;
  }
  if (slots.length === 0) return text;
  const regions = regionsOf(text);
  const isInside = ({ at }: Slot, { from, to }: Region): boolean => from <= at && at < to;
  const edits = regions.flatMap((region) => {
    const inside = slots.filter((one) => isInside(one, region));
    return inside.length === 0 ? [] : regionEdits(text, region, inside);
  });
  const outside = slots.filter((one) => !regions.some((region) => isInside(one, region)));
  return applyEdits(text, [...edits, ...outside.map((one) => slotEdit(one, escapeMarkdown(one.literal)))]);
}

function regionEdits(text: string, region: Region, slots: readonly Slot[]): Edit[] {
  if (region.kind === 'span') return [spanEdit(text, region, slots)];
  const edits = slots.map((one) => slotEdit(one, escaped(text, region, one)));
  return region.kind === 'fence' ? [...edits, ...fenceEdits(text, region, edits)] : edits;
}

function escaped(text: string, { kind, from, prefix }: Region, { at, literal }: Slot): string {
  const before = text.slice(from, at);
  if (kind === 'math') return escapeTex(literal, before);
  if (kind === 'html') return escapeTagValue(literal, before);
  if (kind === 'info') return escapeMarkdown(literal).replaceAll('\\`', '&#96;');
  return escapeCode(literal, prefix);
}

/** A code span anew: its delimiters differ from every run of backticks in it, blanks at its ends stay. */
function spanEdit(text: string, { from, to, marks }: Region, slots: readonly Slot[]): Edit {
  const line = text.slice(text.lastIndexOf('\n', from) + 1, from);
  const isInTable = /^\s*\|/.test(line);
  const edits = slots.map((one) => {
    const code = onOneLine(one.literal);
    return { ...slotEdit(one, isInTable ? code.replaceAll('|', '\\|') : code), at: one.at - from };
  });
  const inner = text.slice(from, to);
  const isPadded = /^ [\s\S]*\S[\s\S]* $/.test(inner);
  const moved = isPadded ? edits.map((edit) => ({ ...edit, at: edit.at - 1 })) : edits;
  const code = applyEdits(isPadded ? inner.slice(1, -1) : inner, moved) || ' ';
  const ticks = fenceFor('`', code, marks[0]?.text ?? '`', (run, length) => run === length);
  const pad = /^`|`$|^ [\s\S]*\S[\s\S]* $/.test(code) ? ' ' : '';
  const start = marks[0]?.at ?? from;
  return { at: start, length: to + ticksLength(marks) - start, text: `${ticks}${pad}${code}${pad}${ticks}` };
}

function ticksLength(marks: readonly Mark[]): number {
  return marks[1]?.text.length ?? 0;
}

/** A fence that is too short for the code between is made longer. */
function fenceEdits(text: string, { from, to, marks }: Region, edits: readonly Edit[]): Edit[] {
  const fence = marks[0]?.text ?? '```';
  const code = applyEdits(
    text.slice(from, to),
    edits.map((edit) => ({ ...edit, at: edit.at - from })),
  );
  const longer = fenceFor(fence[0] ?? '`', code, fence, (run, length) => run >= length);
  if (longer === fence) return [];
  return marks.map(({ at, text: old }) => ({ at, length: old.length, text: longer }));
}

function fenceFor(
  character: string,
  code: string,
  fence: string,
  collides: (run: number, length: number) => boolean,
): string {
  const runs = (code.match(new RegExp(`${character}+`, 'g')) ?? []).map((run) => run.length);
  const isFree = !runs.some((run) => collides(run, fence.length));
  return isFree ? fence : character.repeat(Math.max(...runs) + 1);
}

function slotEdit({ at }: Slot, text: string): Edit {
  return { at, length: slot.length, text };
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((one, two) => one.at - two.at)) {
    result += text.slice(at, edit.at) + edit.text;
    at = edit.at + edit.length;
  }
  return result + text.slice(at);
}
