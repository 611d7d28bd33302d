import { escapeHtml } from '../html.ts';
import type { Heading } from './headings.ts';

/** Shorter pages need no list of what is on them. */
const MIN_ENTRIES = 2;
const DEPTH = 3;

/** The table of contents of the headings, or "" for a page that has hardly any. */
export function renderToc(headings: readonly Heading[]): string {
  const top = Math.min(...headings.map((heading) => heading.level));
  const entries = headings.filter((heading) => heading.level < top + DEPTH && heading.text !== '');
  if (entries.length < MIN_ENTRIES) return '';
  const items = entries.map(({ level, id, html }) => {
    const href = escapeHtml(`#${encodeURIComponent(id)}`);
    return `<li class="level-${level - top + 1}"><a href="${href}">${html}</a></li>`;
  });
  return `<nav class="toc" aria-label="Contents"><details open><summary>Contents</summary><ol>
${items.join('\n')}
</ol></details></nav>`;
}
