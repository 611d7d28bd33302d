import { attributes, escapeHtml } from '../html.ts';
import type { Cell, CodeCell, RawCell } from '../notebook/notebook.ts';
import { highlightCell } from './highlight.ts';
import type { Markdown, ParsedMarkdown } from './markdown.ts';
import type { MathRenderer } from './math.ts';
import { renderOutputs } from './outputs.ts';
import { type Showing, visibilityOf } from './visibility.ts';
import type { WidgetModels } from './widgets/models.ts';

export interface CellContext {
  readonly math: MathRenderer;
  readonly markdown: Markdown;
  readonly language: string;
  /** The widgets whose state the notebook keeps. */
  readonly widgets: WidgetModels;
}

/** A cell ready to render: its Markdown is parsed, so that all headings of the page are known. */
export interface PreparedCell {
  readonly cell: Cell;
  readonly parsed: ParsedMarkdown | undefined;
  /** The last heading up to this cell. */
  readonly title: string;
}

/** Drops the cells that are not shown and parses the Markdown of the others. */
export function prepareCells(cells: readonly Cell[], markdown: Markdown): PreparedCell[] {
  return cells
    .filter((cell) => visibilityOf(cell).cell !== 'remove')
    .map((cell) => {
      const source = markdownOf(cell);
      const parsed = source === undefined ? undefined : markdown.parseSection(source, attachmentsOf(cell));
      return { cell, parsed, title: markdown.headings.list.at(-1)?.text ?? '' };
    });
}

function attachmentsOf(cell: Cell): NonNullable<RawCell['attachments']> {
  return cell.cell_type === 'code' ? {} : (cell.attachments ?? {});
}

function markdownOf(cell: Cell): string | undefined {
  if (cell.cell_type === 'markdown') return cell.source;
  return cell.cell_type === 'raw' && rawFormat(cell) === 'text/markdown' ? cell.source : undefined;
}

export function renderCell(prepared: PreparedCell, context: CellContext): string {
  const { cell } = prepared;
  const html = renderBody(prepared, context);
  if (html.trim() === '') return '';
  const shown = collapse(html, visibilityOf(cell).cell, 'Show cell');
  return `<div class="cell ${cell.cell_type}">\n${shown}\n</div>\n`;
}

function renderBody({ cell, parsed, title }: PreparedCell, context: CellContext): string {
  if (parsed !== undefined) return context.markdown.render(parsed);
  if (cell.cell_type === 'code') return renderCode(cell, title, context);
  return cell.cell_type === 'raw' ? renderRaw(cell) : '';
}

function renderCode(cell: CodeCell, title: string, context: CellContext): string {
  const visibility = visibilityOf(cell);
  const outputs = cell.outputs.filter(
    (output) => output.output_type !== 'stream' || !visibility.removedStreams.has(output.name),
  );
  const input = cell.source.trim() === '' ? '' : renderInput(cell, context.language);
  const { math, markdown, widgets } = context;
  const results =
    visibility.outputs === 'remove'
      ? ''
      : renderOutputs(outputs, { math, markdown, title, scroll: visibility.scroll, widgets });
  const shown = results.trim() === '' ? '' : `<div class="outputs">\n${results}\n</div>`;
  return [collapse(input, visibility.input, 'Show code'), collapse(shown, visibility.outputs, 'Show output')]
    .filter((part) => part !== '')
    .join('\n');
}

function renderInput(cell: CodeCell, language: string): string {
  const source = cell.source.replace(/^\n+|\s+$/g, '');
  const label =
    cell.execution_count === null ? '' : `<span class="label">In [${cell.execution_count}]</span>`;
  const code = `<code class="language-${escapeHtml(language)}">${highlightCell(source, language)}</code>`;
  return `<div class="input">${label}<div class="copy-box"><pre>${code}</pre></div></div>`;
}

function collapse(html: string, showing: Showing, label: string): string {
  if (html === '' || showing === 'remove') return '';
  return showing === 'show'
    ? html
    : `<details class="folded"><summary>${label}</summary>\n${html}\n</details>`;
}

function rawFormat(cell: RawCell): string {
  const format = cell.metadata.raw_mimetype ?? cell.metadata.format;
  return typeof format === 'string' ? format.toLowerCase() : '';
}

/** As nbconvert does: HTML and text of no format go in; text for other formats, LaTeX say, stays out. */
function renderRaw(cell: RawCell): string {
  const format = rawFormat(cell);
  if (format === 'text/html') return cell.source;
  if (format !== '' && format !== 'text/plain') return '';
  return cell.source.trim() === ''
    ? ''
    : `<pre${attributes({ class: 'raw' })}>${escapeHtml(cell.source)}</pre>`;
}
