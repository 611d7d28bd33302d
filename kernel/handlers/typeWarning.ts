import { escapeHtml } from '../html.ts';
import type { Diagnostic } from '../language/diagnostics.ts';
import type { Json } from '../message/types.ts';

/** More errors than these are counted. */
const SHOWN = 5;

/** The first line of a message says what is wrong, the others why, ever more closely. */
const firstLine = (message: string): string => message.split('\n', 1)[0] ?? '';

const place = ({ line, column }: Diagnostic): string => `${line}:${column}`;

/** Type errors as one small box, or as lines of text. */
export function typeWarning(diagnostics: readonly Diagnostic[]): Json {
  const shown = diagnostics.slice(0, SHOWN);
  const left = diagnostics.length - shown.length;
  const more = left > 0 ? [`and ${left} more`] : [];
  const lines = shown.map((one) => `${place(one)} ${firstLine(one.message)} TS${one.code}`);
  const rows = shown.map(
    (one) =>
      `<div title="${escapeHtml(one.message)}"><span style="opacity:.7">${place(one)}</span> ` +
      `${escapeHtml(firstLine(one.message))} <span style="opacity:.7">TS${one.code}</span></div>`,
  );
  const style =
    'border-left:3px solid #d9a400;padding:1px 0 1px 8px;font-size:12px;line-height:1.5;' +
    'font-family:var(--jp-code-font-family,monospace);overflow-wrap:anywhere';
  return {
    'text/plain': [...lines, ...more].map((line) => `type warning: ${line}`).join('\n'),
    'text/html': `<div style="${style}">${[...rows, ...more.map((line) => `<div>${line}</div>`)].join('')}</div>`,
  };
}
