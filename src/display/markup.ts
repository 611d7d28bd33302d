import { isA } from './inspect.ts';
import { fillTemplate } from './markup/template.ts';
import { markupText } from './markup/text.ts';
import { type Displayable, displaySymbol, type MimeBundle } from './types.ts';

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
 * HTML from a template; interpolated values are escaped, in text and in attributes with and without quotes.
 *
 * Values of `html`, `svg`, of other displayables and elements with `outerHTML` are inserted as they are,
 * arrays are joined, and `null`, `undefined` and `false` are empty. Called with a string, it takes the string
 * as trusted markup.
 *
 * @param source the template, or a string of trusted markup
 * @param values the interpolated values; in a tag outside the value of an attribute only those of `html` and
 *   empty ones, in a script also numbers, in a style also numbers and text such as `#0072B2` or `12px`
 * @returns a displayable; `String(…)` gives its markup
 * @throws TypeError for a value that is not allowed where it stands, and for a displayable whose bundle is
 *   asynchronous
 * @example
 * const names = ['Ada', '<Bob>'];
 * html`<ul>${names.map((name) => html`<li>${name}</li>`)}</ul>`
 */
export function html(source: TemplateStringsArray | string, ...values: unknown[]): Html {
  return new Fragment(fillTemplate('html', source, values));
}

/** Whether a value came from `html`. */
export function isHtml(value: unknown): value is Html {
  return isA(value, Fragment);
}
