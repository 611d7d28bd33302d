import { basename } from 'node:path';

/** A cell that is not TypeScript: where, in its own lines. */
export class CellSyntaxError extends SyntaxError {
  override name = 'SyntaxError';
  readonly source: string;
  readonly file: string;
  readonly start: number;
  /** One-based. */
  readonly line: number;
  /** One-based. */
  readonly column: number;
  readonly help: string | undefined;

  constructor(message: string, source: string, file: string, start: number, help?: string | null) {
    super(message);
    // What is missing at the end is missed after the last character, not on the empty line below.
    const before = source.slice(0, Math.min(start, source.trimEnd().length));
    this.source = source;
    this.file = file;
    this.start = start;
    this.line = before.split('\n').length;
    this.column = before.length - (before.lastIndexOf('\n') + 1) + 1;
    this.help = help ?? undefined;
  }
}

const RED = '\u001b[31m';
const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const OFF = '\u001b[0m';

/** The line of a source with its neighbours, and a caret below the column (both one-based). */
export function codeFrame(source: string, line: number, column: number, around = 2): string[] {
  const lines = source.trimEnd().split(/\r?\n/);
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  const width = String(last).length;
  const frame: string[] = [];
  for (let n = first; n <= last; n += 1) {
    const text = clip(lines[n - 1] ?? '', n === line ? column : 1);
    const number = String(n).padStart(width);
    if (n !== line) {
      frame.push(`${DIM}  ${number} | ${text.shown}${OFF}`);
      continue;
    }
    frame.push(`${RED}>${OFF} ${BOLD}${number}${OFF} | ${text.shown}`);
    const indent = text.shown.slice(0, Math.max(0, text.column - 1)).replace(/[^\t]/g, ' ');
    frame.push(`  ${' '.repeat(width)} | ${indent}${RED}^${OFF}`);
  }
  return frame;
}

/** Long lines (generated code, data) are cut around the column. */
function clip(text: string, column: number, width = 160): { shown: string; column: number } {
  if (text.length <= width) return { shown: text, column };
  const start = Math.max(0, Math.min(column - width / 2, text.length - width));
  const lead = start > 0 ? '…' : '';
  const tail = start + width < text.length ? '…' : '';
  return { shown: lead + text.slice(start, start + width) + tail, column: column - start + lead.length };
}

/** The traceback of a syntax error, in the shape of the runtime's own tracebacks. */
export function syntaxTraceback(error: CellSyntaxError): string[] {
  const lines = [`${RED}${error.name}${OFF}: ${error.message}`];
  lines.push(`    at ${basename(error.file)}:${error.line}:${error.column}`);
  lines.push(...codeFrame(error.source, error.line, error.column));
  if (error.help) lines.push(`${BOLD}help${OFF}: ${error.help}`);
  return lines;
}
