import MarkdownParser, { type MarkdownIt, type MarkdownItOptions, type Token } from 'markdown-it';
import { attributes, escapeHtml, unescapeHtml } from '../html.ts';
import type { Attachments } from '../notebook/notebook.ts';
import { type Asset, findAsset } from './assets.ts';
import { collectHeadings, Headings } from './headings.ts';
import { highlight } from './highlight.ts';
import { addMath } from './markdownMath.ts';
import { type MathRenderer, renderMathInHtml } from './math.ts';
import { addTaskLists } from './taskLists.ts';

export interface MarkdownOptions {
  readonly math: MathRenderer;
  readonly baseDir?: string | undefined;
  /** Called with each relative link; what it returns is written. */
  readonly rewriteLink?: ((href: string) => string) | undefined;
}

/** A parsed Markdown text; pages are parsed whole before any of it is rendered, so that links find headings. */
export interface ParsedMarkdown {
  readonly tokens: Token[];
  readonly attachments: Attachments;
}

/** The Markdown of one page: CommonMark with tables, task lists, raw HTML, formulas, anchors and inlined images. */
export class Markdown {
  readonly headings: Headings = new Headings();
  readonly #md: MarkdownIt;
  readonly #options: MarkdownOptions;

  constructor(options: MarkdownOptions) {
    this.#options = options;
    this.#md = createParser(options.math);
  }

  parse(source: string, attachments: Attachments = {}): ParsedMarkdown {
    return { tokens: this.#md.parse(source, {}), attachments };
  }

  /** Parses text whose headings belong to the page's table of contents. */
  parseSection(source: string, attachments: Attachments = {}): ParsedMarkdown {
    const parsed = this.parse(source, attachments);
    collectHeadings(parsed.tokens, this.headings, (tokens) =>
      this.#md.renderer.renderInline(tokens, this.#md.options, {}),
    );
    return parsed;
  }

  render({ tokens, attachments }: ParsedMarkdown): string {
    for (const token of tokens) {
      if (token.type === 'html_block') token.content = this.#rawHtml(token.content, attachments);
      for (const child of token.children ?? []) this.#prepare(child, attachments);
    }
    return this.#md.renderer.render(tokens, this.#md.options, {});
  }

  #prepare(token: Token, attachments: Attachments): void {
    if (token.type === 'image') this.#prepareImage(token, attachments);
    else if (token.type === 'html_inline') token.content = this.#rawTags(token.content, attachments);
    else if (token.type === 'link_open') token.attrSet('href', this.#link(token.attrGet('href')));
  }

  #prepareImage(token: Token, attachments: Attachments): void {
    const source = String(token.attrGet('src') ?? '');
    const asset = findAsset(source, this.#options.baseDir, attachments);
    if (asset.kind === 'missing') {
      token.type = 'html_inline';
      token.content = missingImage(source, token.content, asset.reason);
    } else if (asset.kind === 'inline') {
      token.attrSet('src', asset.uri);
      if (asset.transparent) token.attrJoin('class', 'paper');
    } else token.attrSet('loading', 'lazy');
  }

  #rawHtml(html: string, attachments: Attachments): string {
    return renderMathInHtml(this.#rawTags(html, attachments), this.#options.math);
  }

  #rawTags(html: string, attachments: Attachments): string {
    return html
      .replace(/<img\b(?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag) => this.#rawImage(tag, attachments))
      .replace(/(<a\b[^>]*?\shref\s*=\s*)(["'])(.*?)\2/gi, (_, head: string, quote: string, href: string) => {
        return `${head}${quote}${escapeHtml(this.#link(unescapeHtml(href)))}${quote}`;
      });
  }

  #rawImage(tag: string, attachments: Attachments): string {
    const source = /(\ssrc\s*=\s*)("([^"]*)"|'([^']*)'|([^\s>]+))/i;
    const found = source.exec(tag);
    if (found === null) return tag;
    const address = unescapeHtml(found[3] ?? found[4] ?? found[5] ?? '');
    const asset: Asset = findAsset(address, this.#options.baseDir, attachments);
    if (asset.kind === 'remote') return tag;
    const alt = /\salt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag);
    if (asset.kind === 'missing') {
      return missingImage(address, unescapeHtml(alt?.[1] ?? alt?.[2] ?? ''), asset.reason);
    }
    return tag.replace(source, () => ` src="${escapeHtml(asset.uri)}"`);
  }

  #link(href: string | number | null): string {
    const address = String(href ?? '');
    if (address.startsWith('#')) {
      return `#${encodeURIComponent(this.headings.resolve(decodeFragment(address.slice(1))))}`;
    }
    if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) return address;
    return this.#options.rewriteLink?.(address) ?? address;
  }
}

function createParser(math: MathRenderer): MarkdownIt {
  const options: MarkdownItOptions = {
    html: true,
    linkify: true,
    highlight: (code, name) => highlight(code, name),
  };
  const md = new MarkdownParser(options);
  // "README.md" and "core.ts" are files, not addresses.
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  const validateLink = md.validateLink.bind(md);
  md.validateLink = (url) => /^\s*data:image\//i.test(url) || validateLink(url);
  md.renderer.rules.table_open = () => '<div class="table-box"><table>\n';
  md.renderer.rules.table_close = () => '</table></div>\n';
  addMath(md, math);
  addTaskLists(md);
  return md;
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function missingImage(source: string, alt: string, reason: string): string {
  const label = alt === '' ? source : alt;
  const note = `<small>${escapeHtml(source.slice(0, 200))}: ${escapeHtml(reason)}</small>`;
  return `<span${attributes({ class: 'missing-image', role: 'img', 'aria-label': label })}>${escapeHtml(alt)} ${note}</span>`;
}
