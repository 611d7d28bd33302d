import { escapeHtml } from '../html.ts';
import { HEAD_SCRIPT, PAGE_SCRIPT } from './script.ts';
import { CELLS_CSS } from './style/cells.ts';
import { LAYOUT_CSS } from './style/layout.ts';
import { PRINT_CSS } from './style/print.ts';
import { PROSE_CSS } from './style/prose.ts';
import { themeCss } from './style/theme.ts';
import { WIDGETS_CSS } from './style/widgets.ts';

export interface PageLink {
  readonly href: string;
  readonly title: string;
}

export interface PageParts {
  readonly title: string;
  readonly language: string;
  /** Rendered cells. */
  readonly body: string;
  /** Rendered table of contents, or "". */
  readonly toc: string;
  /** KaTeX's style sheet, or "". */
  readonly mathCss: string;
  readonly sourceName: string | undefined;
  readonly previous: PageLink | undefined;
  readonly next: PageLink | undefined;
}

const TOGGLE =
  '<button class="theme" type="button" aria-label="Switch between light and dark"><svg viewBox="0 0 24 24" aria-hidden="true">' +
  '<circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="1.8"/>' +
  '<path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor"/></svg></button>';

export function pageHtml(parts: PageParts): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(parts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(parts.title)}</title>
<link rel="icon" href="data:,">
<script>${HEAD_SCRIPT}</script>
<style>${parts.mathCss}${themeCss()}${PROSE_CSS}${CELLS_CSS}${WIDGETS_CSS}${LAYOUT_CSS}${PRINT_CSS}</style>
</head>
<body>
<a class="skip" href="#page-content">Skip to content</a>
<header class="bar">${barLinks(parts)}${TOGGLE}</header>
<div class="frame${parts.toc === '' ? '' : ' with-toc'}">
${parts.toc}
<main id="page-content">
${parts.body}
${neighbours(parts)}
${parts.sourceName === undefined ? '' : `<footer class="source">Made from ${escapeHtml(parts.sourceName)}</footer>`}
</main>
</div>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function barLinks({ previous, next }: PageParts): string {
  if (previous === undefined && next === undefined) return '';
  const back = previous === undefined ? '' : anchor(previous, 'prev', `← ${escapeHtml(previous.title)}`);
  const on = next === undefined ? '' : anchor(next, 'next', `${escapeHtml(next.title)} →`);
  return `<nav aria-label="Neighbouring pages">${back}${on}</nav>`;
}

function neighbours({ previous, next }: PageParts): string {
  if (previous === undefined && next === undefined) return '';
  const card = (link: PageLink, rel: string, word: string): string =>
    anchor(link, rel, `<small>${word}</small>${escapeHtml(link.title)}`);
  const back = previous === undefined ? '' : card(previous, 'prev', 'Previous');
  const on = next === undefined ? '' : card(next, 'next', 'Next');
  return `<nav class="neighbours" aria-label="Previous and next">${back}${on}</nav>`;
}

function anchor(link: PageLink, rel: string, html: string): string {
  return `<a class="${rel}" rel="${rel}" href="${escapeHtml(link.href)}">${html}</a>`;
}
