import { isA, isList, plainText, readMember, readMethod } from './inspect.ts';
import { type Displayable, displaySymbol, type MimeBundle, metadataSymbol } from './types.ts';

/** A piece of HTML that a notebook shows and that other templates insert as it is. */
export interface Html extends Displayable {
  readonly markup: string;
  toString(): string;
}

class Fragment implements Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }

  [displaySymbol](): MimeBundle {
    return { 'text/html': this.markup, 'text/plain': markupText(this.markup) };
  }
}

/**
 * HTML from a template; interpolated values are escaped.
 *
 * Values of `html`, `svg` and of other displayables are inserted as they are, arrays are joined, and `null`,
 * `undefined` and `false` are empty. Called with a string, it takes the string as trusted markup.
 *
 * @param source the template, or a string of trusted markup
 * @param values the interpolated values
 * @returns a displayable; `String(…)` gives its markup
 * @throws TypeError for a displayable whose bundle is asynchronous
 * @example
 * const names = ['Ada', '<Bob>'];
 * html`<ul>${names.map((name) => html`<li>${name}</li>`)}</ul>`
 */
export function html(source: TemplateStringsArray | string, ...values: unknown[]): Html {
  return new Fragment(fillTemplate(source, values));
}

/** Whether a value came from `html`. */
export function isHtml(value: unknown): value is Html {
  return isA(value, Fragment);
}

/** Join a template's parts and its escaped values; a string instead of a template is taken as it is. */
export function fillTemplate(source: TemplateStringsArray | string, values: readonly unknown[]): string {
  if (typeof source === 'string') return source;
  let markup = source[0] ?? '';
  for (const [index, value] of values.entries()) {
    const text = valueMarkup(value);
    markup += (endsInBareAttribute(markup) ? bareAttribute(text) : text) + (source[index + 1] ?? '');
  }
  return markup;
}

const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Escape text for HTML: in text and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => references[character] ?? character);
}

/** The text of an interpolated value that is neither markup nor a list. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'symbol') return String(value);
  const isPlain = typeof value === 'object' && readMember(value, 'toString') === Object.prototype.toString;
  if (isPlain) return plainText(value);
  try {
    return String(value);
  } catch {
    return plainText(value);
  }
}

function valueMarkup(value: unknown, ancestors: readonly unknown[] = []): string {
  if (isList(value)) {
    if (ancestors.includes(value)) return '[Circular]';
    return value.map((item) => valueMarkup(item, [...ancestors, value])).join('');
  }
  return displayableMarkup(value) ?? escapeHtml(valueText(value));
}

/** The markup of a displayable, or undefined for a value that is none. */
export function displayableMarkup(value: unknown): string | undefined {
  const fragment = readMember(value, 'markup');
  const show = readMethod(value, displaySymbol);
  if (!show) return undefined;
  if (typeof fragment === 'string') return fragment;
  const bundle = show();
  if (readMethod(bundle, 'then')) {
    throw new TypeError('html: an interpolated value is shown asynchronously; display it on its own');
  }
  const markup = readMember(bundle, 'text/html');
  if (typeof markup === 'string') return markup;
  const picture = readMember(bundle, 'image/png');
  if (typeof picture === 'string') {
    const size = readMember(readMethod(value, metadataSymbol)?.(), 'image/png');
    return imageMarkup(picture, valueText(readMember(bundle, 'text/plain')), readMember(size, 'width'));
  }
  return escapeHtml(valueText(readMember(bundle, 'text/plain')));
}

/** An image element that carries its PNG with it. */
export function imageMarkup(png: string, alternative: string, width: unknown): string {
  const size = typeof width === 'number' ? ` width="${Math.round(width)}"` : '';
  return `<img src="data:image/png;base64,${escapeHtml(png)}"${size} alt="${escapeHtml(alternative)}">`;
}

function endsInBareAttribute(markup: string): boolean {
  if (!/=\s*$/.test(markup.slice(-80))) return false;
  const tag = markup.slice(markup.lastIndexOf('<')).replace(/"[^"]*"|'[^']*'/g, '');
  return /^<[a-z][^>"']*=\s*$/i.test(tag);
}

/** Without quotes around it a value must not end the attribute: blanks and `=` become references too. */
function bareAttribute(text: string): string {
  if (text === '') return '""';
  return text.replace(/[\s=]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** What a reader of the markup sees, roughly: for front-ends without HTML. */
function markupText(markup: string): string {
  return markup
    .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<br\b[^>]*>|<\/(p|div|li|tr|h[1-6]|ul|ol|table|pre|section)\s*>/gi, '\n')
    .replace(/<\/(td|th)\s*>/gi, '  ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|([a-z]+));/gi, (whole, code: string | undefined, name: string | undefined) =>
      code ? String.fromCodePoint(Math.min(Number(code), 0x10ffff)) : (entities[name ?? ''] ?? whole),
    )
    .replace(/[^\S\n]*\n\s*/g, '\n')
    .trim();
}
