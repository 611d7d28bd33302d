import { MagicString } from 'magic-string';
import { HIDDEN } from '../imports.ts';
import type { SessionNames } from '../session.ts';
import { callEdits, type Edit, type MagicContext } from './call.ts';
import { codeEdits } from './code.ts';
import { declaredNames } from './declared.ts';
import { UsageError } from './errors.ts';
import { type FoundMagic, findMagics } from './find.ts';
import { literal } from './literal.ts';
import { namesOf } from './names.ts';
import { OptionError, parseOptions } from './options.ts';
import { inspectionRequest } from './question.ts';
import { unknownMagic } from './suggest.ts';
import { type Magic, magicNamed } from './table.ts';

const ASSIGNED = /^([ \t]*)([\p{ID_Start}$_][\p{ID_Continue}$]*)[ \t]*=[ \t]*$/u;

/** A cell whose magics are calls, each on its own line. */
export interface ExpandedCell {
  code: string;
  /** From the code to the cell. */
  mappings: string;
  /** The offset in the cell of one in the code, and whether it lies in a call that stands for a magic. */
  toSource(offset: number): { offset: number; isMagic: boolean };
}

/**
 * Writes the magics of a cell as calls on the hidden object. Undefined where it has none. Throws a UsageError
 * for a magic that is unknown or wrongly used.
 */
export function expandMagics(source: string, file: string, session: SessionNames): ExpandedCell | undefined {
  const none = new Set<string>();
  const found = findMagics(source, namesOf(session, none).known);
  if (found.length === 0) return undefined;
  const names = namesOf(session, declaredNames(source));
  // magic-string forgets what was put at a chunk that it overwrites.
  const edits = found
    .flatMap((magic) => [...declaration(magic, source, session), ...editsOf(magic, { source, file, names })])
    .toSorted((one, other) => one.start - other.start || one.end - other.end);
  const edit = new MagicString(source);
  for (const { start, end, text } of edits) {
    if (start < end) edit.overwrite(start, end, text);
    else edit.appendLeft(start, text);
  }
  return {
    code: edit.toString(),
    mappings: edit.generateMap({ hires: 'boundary' }).mappings,
    toSource: (offset) => sourceOffset(edits, offset),
  };
}

function sourceOffset(edits: readonly Edit[], offset: number): { offset: number; isMagic: boolean } {
  let shift = 0;
  for (const { start, end, text } of edits) {
    if (offset - shift < start) break;
    if (offset - shift < start + text.length) return { offset: start, isMagic: true };
    shift += text.length - (end - start);
  }
  return { offset: offset - shift, isMagic: false };
}

/** `files = !ls` declares a name that nobody has declared: as TypeScript it would mean nothing. */
function declaration({ start, assigned, isTop }: FoundMagic, source: string, session: SessionNames): Edit[] {
  if (!assigned || !isTop) return [];
  const line = source.lastIndexOf('\n', start - 1) + 1;
  const [, indent = '', name] = ASSIGNED.exec(source.slice(line, start)) ?? [];
  const own = declaredNames(source, { assigned: false });
  if (name === undefined || namesOf(session, own).known(name)) return [];
  return [{ start: line + indent.length, end: line + indent.length, text: 'var ' }];
}

function editsOf(found: FoundMagic, context: MagicContext): Edit[] {
  const { source } = context;
  const { start, end } = found;
  if (found.kind === 'shell') {
    const call = found.assigned ? 'capture' : 'shell';
    return callEdits(found, context, `await ${HIDDEN}.magics.${call}(`, { start: found.text, end });
  }
  if (found.kind === 'question') {
    const { expression = '', detail = 0 } = inspectionRequest(source.slice(start, end)) ?? {};
    return [{ start, end, text: `await ${HIDDEN}.magics.question(${literal(expression)}, ${detail});` }];
  }
  const magic = checked(found, context);
  if (magic.isCode) return codeEdits(found, magic, context);
  const wait = magic.isAsync ? 'await ' : '';
  const call = `${wait}${HIDDEN}.magics.${found.kind}(${literal(magic.name)}, `;
  if (found.kind === 'line') return callEdits(found, context, call, { start: found.text, end });
  const body = found.body === undefined ? '' : source.slice(found.body);
  const line = callEdits(found, context, `${call}${literal(body)}, `, { start: found.text, end });
  const from = found.body ?? source.length;
  return from < source.length ? [...line, { start: from, end: source.length, text: '' }] : line;
}

/** The magic of that name, used as it can be. */
function checked(found: FoundMagic, { source, file }: MagicContext): Magic {
  const { name, start, text, end } = found;
  const kind = found.kind === 'cell' ? 'cell' : 'line';
  const magic = magicNamed(name);
  const usable = magic && (magic.kind === 'both' || magic.kind === kind);
  if (!usable) throw new UsageError(unknownMagic(name, kind), source, file, start);
  if (kind === 'cell' && source.slice(0, start).trim() !== '') {
    throw new UsageError(`%%${name} takes the whole cell: it must be its first line`, source, file, start);
  }
  const rest = source.slice(0, start) + (found.kind === 'cell' ? '' : source.slice(end));
  if (magic.isAlone && rest.trim() !== '') {
    throw new UsageError(`%${name} must be alone in its cell`, source, file, start);
  }
  try {
    parseOptions(magic, source.slice(text, end));
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new UsageError(error.message, source, file, text + error.start, magic.usage);
  }
  const { values } = magic;
  const given = source.slice(text, end).trim();
  if (values && given !== '' && !/[${]/.test(given) && !values.includes(given)) {
    const message = `%${name} ${given}: expected ${values.join(', ')}`;
    throw new UsageError(message, source, file, text, magic.usage);
  }
  return magic;
}
