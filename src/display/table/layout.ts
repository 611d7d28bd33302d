import { escapeHtml } from '../markup/values.ts';
import { type FormattedColumn, lineText } from './cells.ts';

const maxCellWidth = 48;
const gap = '  ';

/** The table as HTML: inline styles only, since some exports strip `<style>` or show it as text. */
export function tableMarkup(columns: readonly FormattedColumn[], notes: readonly string[]): string {
  const line = 'border-bottom:1px solid rgba(128,128,128,.6)';
  const align = (column: FormattedColumn): string =>
    `text-align:${column.isNumeric ? 'right' : 'left'};padding:4px 8px`;
  const heads = columns.map((c) => `<th scope="col" style="${align(c)};${line}">${escapeHtml(c.name)}</th>`);
  const rows = Array.from({ length: columns[0]?.markup.length ?? 0 }, (_, row) => {
    const cells = columns.map((column) => `<td style="${align(column)}">${column.markup[row] ?? ''}</td>`);
    return `<tr>${cells.join('')}</tr>\n`;
  });
  const style = 'border-collapse:collapse;margin:0;font-variant-numeric:tabular-nums';
  const table =
    `<table style="${style}">\n<thead><tr>${heads.join('')}</tr></thead>\n` +
    `<tbody>\n${rows.join('')}</tbody>\n</table>`;
  const footer = notes.map((note) => `<div style="opacity:.7;margin:4px">${escapeHtml(note)}</div>`);
  return `<div class="descent-table" style="overflow-x:auto">${table}${footer.join('')}</div>`;
}

/** The table as aligned text. */
export function tableText(columns: readonly FormattedColumn[], notes: readonly string[]): string {
  const cells = columns.map((column) => {
    const lines = [column.name, ...column.text].map((text) => lineText(text, maxCellWidth));
    const width = lines.reduce((widest, text) => Math.max(widest, terminalWidth(text)), 0);
    const padded = lines.map((text) => pad(text, width, column.isNumeric));
    return [padded[0] ?? '', '─'.repeat(width), ...padded.slice(1)];
  });
  const rows = Array.from({ length: cells[0]?.length ?? 0 }, (_, row) =>
    cells
      .map((column) => column[row] ?? '')
      .join(gap)
      .trimEnd(),
  );
  return [...rows, ...notes].join('\n');
}

function pad(text: string, width: number, toRight: boolean): string {
  const blanks = ' '.repeat(width - terminalWidth(text));
  return toRight ? blanks + text : text + blanks;
}

const invisible = /\p{Mn}|\p{Me}|\p{Cf}/u;
const doubleWidth =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** How many columns a monospaced front-end gives a text: wide characters take two. */
function terminalWidth(text: string): number {
  let width = 0;
  for (const character of text) width += invisible.test(character) ? 0 : doubleWidth.test(character) ? 2 : 1;
  return width;
}
