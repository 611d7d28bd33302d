import { randomUUID } from 'node:crypto';
import { splitLines } from './lines.ts';
import type { Attachments, Cell, JsonObject, JsonValue, MimeBundle, Notebook, Output } from './types.ts';

/** Text types outside `text/` whose lines Jupyter splits. */
const SPLIT_TYPES = new Set(['application/javascript', 'image/svg+xml']);
const CELL_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * The notebook as Jupyter saves it: nbformat 4.5, sorted keys, one-space indent, lines split.
 *
 * @param newId makes an id for a cell that has none, or one that is invalid or taken
 */
export function formatNotebook(notebook: Notebook, newId: () => string = randomId): string {
  const taken = new Set<string>();
  const document: JsonObject = {
    nbformat: 4,
    nbformat_minor: Math.max(5, notebook.nbformat_minor),
    metadata: notebook.metadata,
    cells: notebook.cells.map((cell) => ({ ...encodeCell(cell), id: claimId(cell.id, taken, newId) })),
  };
  return `${stringify(document, '')}\n`;
}

function randomId(): string {
  return randomUUID().slice(0, 8);
}

function claimId(id: string | undefined, taken: Set<string>, newId: () => string): string {
  let free = id !== undefined && CELL_ID.test(id) ? id : newId();
  while (taken.has(free)) free = newId();
  taken.add(free);
  return free;
}

function encodeCell(cell: Cell): JsonObject {
  const base: JsonObject = {
    cell_type: cell.cell_type,
    metadata: cell.metadata,
    source: splitLines(cell.source),
  };
  if (cell.cell_type === 'code') {
    return { ...base, execution_count: cell.execution_count, outputs: cell.outputs.map(encodeOutput) };
  }
  return cell.attachments === undefined
    ? base
    : { ...base, attachments: encodeAttachments(cell.attachments) };
}

function encodeAttachments(attachments: Attachments): JsonObject {
  return Object.fromEntries(
    Object.entries(attachments).map(([name, bundle]) => [name, encodeBundle(bundle)]),
  );
}

function encodeOutput(output: Output): JsonObject {
  switch (output.output_type) {
    case 'stream':
      return { output_type: output.output_type, name: output.name, text: splitLines(output.text) };
    case 'error':
      return { ...output };
    default:
      return { ...output, data: encodeBundle(output.data) };
  }
}

function encodeBundle(bundle: MimeBundle): JsonObject {
  return Object.fromEntries(
    Object.entries(bundle).map(([mime, content]) => {
      const split = typeof content === 'string' && (mime.startsWith('text/') || SPLIT_TYPES.has(mime));
      return [mime, split ? splitLines(content) : content];
    }),
  );
}

/** JSON as Python's `json.dumps(…, sort_keys=True, indent=1, ensure_ascii=False)` lays it out. */
function stringify(value: JsonValue, indent: string): string {
  if (Object.is(value, -0)) return '-0.0';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent} `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => inner + stringify(item, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.keys(value)
    .sort(byCodePoint)
    .map((key) => `${inner}${JSON.stringify(key)}: ${stringify(value[key] ?? null, inner)}`);
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`;
}

/** Python orders strings by code point, JavaScript's `<` by UTF-16 unit. */
function byCodePoint(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
