import type { Token } from 'markdown-it';
import { escapeHtml } from '../html.ts';

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
  /** The heading without links and pictures, for the table of contents. */
  readonly html: string;
}

/** The headings of a page, each with an id of its own. */
export class Headings {
  readonly list: Heading[] = [];
  readonly #taken = new Set<string>();

  /** The id that Jupyter gives: the text with its spaces as hyphens. */
  claim(text: string): string {
    const base = text.replace(/\s+/g, '-') || 'section';
    let id = base;
    for (let n = 1; this.#taken.has(id); n++) id = `${base}-${n}`;
    this.#taken.add(id);
    return id;
  }

  /** The id that a link's fragment means, be it written as Jupyter or as GitHub forms it. */
  resolve(fragment: string): string {
    if (this.#taken.has(fragment)) return fragment;
    const wanted = simplify(fragment);
    return this.list.find((heading) => simplify(heading.id) === wanted)?.id ?? fragment;
  }
}

function simplify(id: string): string {
  return id
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]/gu, '')
    .replace(/-+/g, '-');
}

/** Gives every heading among the tokens of a cell its id and anchor, and lists it. */
export function collectHeadings(
  tokens: readonly Token[],
  headings: Headings,
  renderInline: (tokens: Token[]) => string,
): void {
  tokens.forEach((token, i) => {
    const inline = tokens[i + 1];
    if (token.type !== 'heading_open' || inline?.children == null) return;
    const shown = inline.children.filter((child) => !/^(link_|image|html_inline)/.test(child.type));
    const text = shown
      .map((child) => (child.type === 'softbreak' ? ' ' : child.content))
      .join('')
      .trim();
    const id = headings.claim(text);
    token.attrSet('id', id);
    headings.list.push({ level: Number(token.tag.slice(1)), id, text, html: renderInline(shown) });
    inline.children.push(anchor(inline, id));
  });
}

/** For the pointer only: with the keyboard, the table of contents leads to every heading. */
function anchor(inline: Token, id: string): Token {
  const token = new (inline.constructor as new (type: string, tag: string, nesting: 0) => Token)(
    'html_inline',
    '',
    0,
  );
  const href = escapeHtml(`#${encodeURIComponent(id)}`);
  token.content = `<a class="anchor" href="${href}" aria-hidden="true" tabindex="-1"></a>`;
  return token;
}
