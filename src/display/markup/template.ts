import { isList, shortText } from '../inspect.ts';
import { type Place, placeAtEnd, type Scanned } from './place.ts';
import { escapeHtml, fragmentMarkup, isNothing, valueMarkup } from './values.ts';

/**
 * Join a template's parts and its values, each escaped for the place where it stands; a string instead of a
 * template is taken as it is.
 *
 * @param name the tag, `html` or `svg`, for error messages
 * @param source the template, or a string of trusted markup
 * @param values the interpolated values
 * @returns the markup
 * @throws TypeError for a value that has no safe form in its place: text in a tag outside an attribute's
 *   value, in a script, and in a style unless it is words, numbers and colours
 * @example
 * const tag = (source, ...values) => fillTemplate('html', source, values);
 * tag`<a href=${'a b'}>${'<'}</a>` // '<a href=a&#32;b>&lt;</a>'
 */
export function fillTemplate(
  name: string,
  source: TemplateStringsArray | string,
  values: readonly unknown[],
): string {
  if (typeof source === 'string') return source;
  let markup = source[0] ?? '';
  let scanned: Scanned = { place: 'text', from: 0 };
  for (const [index, value] of values.entries()) {
    const next = source[index + 1] ?? '';
    scanned = placeAtEnd(markup, scanned.from);
    const text = markupAt(scanned.place, value, `${name}: the value after ${ending(markup)}`);
    const isEmptyAttribute = scanned.place === 'bare' && text === '' && /=\s*$/.test(markup);
    const isEnd = next === '' ? index === values.length - 1 : /^(\s|\/?>)/.test(next);
    markup += (isEmptyAttribute && isEnd ? '""' : text) + next;
  }
  return markup;
}

/** The markup of a value for its place; throws a TypeError that begins with `what` if it has none there. */
export function markupAt(place: Place, value: unknown, what: string): string {
  if (place === 'tag' || place === 'script' || place === 'style') return trustedMarkup(place, value, what);
  const text = valueMarkup(value);
  if (place === 'quoted') return text.replace(/["']/g, escapeHtml);
  return place === 'bare' ? text.replace(/[\s"'=<>`]/g, reference) : text;
}

/** Without quotes around it a value must not end the attribute: blanks and `=` become references too. */
function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

const allowed = {
  tag: 'in a tag, outside the value of an attribute, are html`…` such as html`hidden`, and null, undefined or false',
  script: 'in a script are numbers, true, and trusted text as html(text)',
  style:
    'in a style are numbers, text of letters, digits, blanks and #.,%()+-, and trusted text as html(text)',
};

/** References to characters mean nothing in these places, so that a value cannot be escaped there. */
function trustedMarkup(place: keyof typeof allowed, value: unknown, what: string): string {
  if (isList(value)) return value.map((item) => trustedMarkup(place, item, what)).join('');
  const fragment = fragmentMarkup(value);
  if (fragment !== undefined) return fragment;
  if (isNothing(value) || value === '') return '';
  const isPlain = place !== 'tag' && (typeof value === 'number' || value === true);
  const isSafe = place === 'style' && typeof value === 'string' && /^[\w\s#.,%()+-]*$/.test(value);
  if (isPlain || isSafe) return String(value);
  throw new TypeError(`${what} is ${shortText(value)}; allowed ${allowed[place]}`);
}

function ending(markup: string): string {
  return JSON.stringify(markup.slice(-30));
}
