import { escapeHtml } from '../markup/values.ts';
import type { Cell, FormattedColumn } from './cells.ts';
import type { Gap } from './content.ts';
import { sortingHandlers } from './sorting.ts';

/** A table that is ready to be written. */
export interface Layout {
  readonly columns: readonly FormattedColumn[];
  readonly rowGap?: Gap;
  readonly columnGap?: Gap;
  readonly caption?: string;
  readonly types: boolean;
  /** The first column numbers the rows. */
  readonly indexed: boolean;
  readonly notes: readonly string[];
}

const faint = 'opacity:.6';
const padding = 'padding:4px 10px';
const page = 'var(--jp-layout-color0,var(--vscode-editor-background,var(--page,Canvas)))';
const head = `position:sticky;top:0;z-index:1;background:${page};vertical-align:bottom`;
const headCell = `${padding};white-space:nowrap;border-bottom:1px solid rgba(128,128,128,.6)`;
/** Text up to this length stays on one line. */
const shortText = 40;
/** More rows than this scroll in a box of their own. */
const tallFrom = 30;

/**
 * The table as HTML. Inline styles only, and none but the tags that exports with cleaned HTML let through (div,
 * span, table, tr, td, b): they write out all others, `<th>` and `<style>` among them, as text. The script is in
 * attributes for the same reason, and goes silently where scripts are not wanted.
 */
export function tableMarkup(layout: Layout): string {
  const { columns, caption, notes } = layout;
  const count = columns[0]?.cells.length ?? 0;
  const isSortable = count > 1;
  const styles = columns.map((column) => `${alignment(column)};${padding}${wrapping(column)}`);
  const parts = Array.from({ length: count }, (_, row) => rowMarkup(layout, styles, row, isSortable));
  if (layout.rowGap) parts.splice(layout.rowGap.at, 0, gapMarkup(layout, count, isSortable));
  // Collapsed borders would scroll away below a header that stays.
  const style = 'border-collapse:separate;border-spacing:0;margin:0;font-variant-numeric:tabular-nums';
  const script = isSortable ? ` data-lm-suppress-shortcuts="true" ${sortingHandlers}` : '';
  const table = `<table style="${style}"${script}>\n${headMarkup(layout, isSortable)}${parts.join('')}</table>`;
  const above =
    caption === undefined ? '' : `<div style="margin:4px 10px"><b>${escapeHtml(caption)}</b></div>`;
  const below = [...notes, ...(layout.columnGap ? [layout.columnGap.text] : [])].map(
    (note) => `<div style="${faint};margin:4px 10px">${escapeHtml(note)}</div>`,
  );
  const box = count > tallFrom ? 'overflow:auto;max-height:600px' : 'overflow-x:auto';
  return `<div class="descent-table" style="${box}">${above}${table}${below.join('')}</div>`;
}

function alignment({ isNumeric }: FormattedColumn): string {
  return `text-align:${isNumeric ? 'right' : 'left'}`;
}

/** Numbers, dates and short text are not broken; long text gets room. */
function wrapping({ cells }: FormattedColumn): string {
  const isLong = cells.some(({ text }) => text.length > shortText || text.includes('\n'));
  return isLong ? ';min-width:16em;white-space:pre-wrap;overflow-wrap:anywhere' : ';white-space:nowrap';
}

function headMarkup({ columns, columnGap, types, indexed }: Layout, isSortable: boolean): string {
  const cells = columns.map((column, index) => {
    const sort = isSortable ? ' tabindex="0" aria-sort="none"' : '';
    const label = indexed && index === 0 ? '<b></b>' : `<b>${escapeHtml(column.name)}</b>`;
    const small = `${faint};display:block;font-size:80%;font-weight:normal`;
    const type =
      types && column.type !== '' ? ` <span style="${small}">${escapeHtml(column.type)}</span>` : '';
    const style = `${alignment(column)};${headCell}${isSortable ? ';cursor:pointer' : ''}`;
    return `<td role="columnheader"${sort} style="${style}">${label}${type}</td>`;
  });
  if (columnGap) cells.splice(columnGap.at, 0, `<td style="${headCell}">…</td>`);
  return `<tr style="${head}">${cells.join('')}</tr>\n`;
}

function rowMarkup(layout: Layout, styles: readonly string[], row: number, isSortable: boolean): string {
  const { columns, columnGap, indexed } = layout;
  const cells = columns.map(({ cells: all }, index) => {
    const isLabel = indexed && index === 0;
    const opening = isLabel ? `<td role="rowheader" style="${faint};` : `<td style="`;
    return `${opening}${styles[index]}"${wholeText(all[row])}>${all[row]?.markup ?? ''}</td>`;
  });
  const ranks = columns.map(({ ranks: all }) => `${all[row] ?? '-'}`);
  if (columnGap) {
    cells.splice(columnGap.at, 0, `<td style="${faint};${padding}">…</td>`);
    ranks.splice(columnGap.at, 0, '-');
  }
  return `<tr${isSortable ? ` data-r="${ranks.join(' ')}"` : ''}>${cells.join('')}</tr>\n`;
}

function wholeText(cell: Cell | undefined): string {
  return cell?.whole === undefined ? '' : ` title="${escapeHtml(cell.whole)}"`;
}

function gapMarkup({ columns, rowGap, columnGap }: Layout, shown: number, isSortable: boolean): string {
  const text = rowGap?.text ?? '';
  const width = columns.length + (columnGap ? 1 : 0);
  const sorted = `${text}, not sorted: only the ${shown} rows shown are`;
  const data = isSortable ? ` data-r="" data-n="${escapeHtml(sorted)}"` : '';
  const cell = `<td colspan="${width}" style="${faint};text-align:left;${padding}">${escapeHtml(text)}</td>`;
  return `<tr${data}>${cell}</tr>\n`;
}
