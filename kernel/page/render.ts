import { escapeHtml } from '../html.ts';
import type { JsonObject, JsonValue, Notebook } from '../notebook/notebook.ts';
import { prepareCells, renderCell } from './cells.ts';
import { Markdown } from './markdown.ts';
import { createMath } from './math.ts';
import { mathCss } from './mathFonts.ts';
import { type PageLink, pageHtml } from './template.ts';
import { renderToc } from './toc.ts';
import { widgetModels } from './widgets/models.ts';

export interface RenderOptions {
  /** Of the window and, in a notebook without a top heading, of the page. */
  readonly title?: string;
  /** The notebook's folder: images below it become part of the page. */
  readonly baseDir?: string;
  /** The notebook's file name, named at the foot of the page. */
  readonly sourceName?: string;
  readonly previous?: PageLink;
  readonly next?: PageLink;
  /** Called with each relative link of the Markdown, `02-descent.ipynb#Rates` say; its result is written. */
  readonly rewriteLink?: (href: string) => string;
}

/**
 * A notebook as one HTML page that needs nothing else: style, script, formulas, their fonts and the
 * images are inside it. The notebook is trusted: HTML in it, scripts included, is written as it is.
 */
export function renderPage(notebook: Notebook, options: RenderOptions = {}): string {
  const math = createMath();
  const markdown = new Markdown({ math, baseDir: options.baseDir, rewriteLink: options.rewriteLink });
  const prepared = prepareCells(notebook.cells, markdown);
  const headings = markdown.headings.list;
  const topHeading = headings.find((heading) => heading.level === 1);
  const title =
    options.title ?? metadataTitle(notebook.metadata) ?? topHeading?.text ?? options.sourceName ?? 'Notebook';
  const context = {
    ...{ math, markdown, language: languageOf(notebook.metadata) },
    widgets: widgetModels(notebook.metadata),
  };
  const cells = prepared.map((cell) => renderCell(cell, context)).join('');
  const listed = headings[0]?.level === 1 ? headings.slice(1) : headings;
  return pageHtml({
    title,
    language: textAt(notebook.metadata, 'lang') ?? 'en',
    body: topHeading === undefined ? `<h1>${escapeHtml(title)}</h1>\n${cells}` : cells,
    toc: renderToc(listed),
    mathCss: mathCss(math.rendered),
    sourceName: options.sourceName,
    previous: options.previous,
    next: options.next,
  });
}

function metadataTitle(metadata: JsonObject): string | undefined {
  return textAt(metadata, 'title');
}

/** The language of code cells, as highlight.js names it. */
function languageOf(metadata: JsonObject): string {
  const name = textAt(metadata.language_info, 'name') ?? textAt(metadata.kernelspec, 'language');
  return (name ?? 'typescript').toLowerCase();
}

function textAt(holder: JsonValue | undefined, key: string): string | undefined {
  if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return undefined;
  const value = holder[key];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
