import { markupOrStill } from './markup/backdrop.ts';
import { fillTemplate } from './markup/template.ts';
import { type Picture, rasterize } from './raster.ts';
import { type Displayable, displaySymbol, type MimeBundle, metadataSymbol } from './types.ts';

/** An SVG picture, or a part of one, that a notebook shows and that other templates insert as it is. */
export interface Svg extends Displayable {
  readonly markup: string;
  toString(): string;
}

class Fragment implements Svg {
  readonly markup: string;
  #picture: Picture | undefined;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }

  [displaySymbol](): MimeBundle {
    const { png, width, height } = this.#render();
    const text = `[svg ${Math.round(width)}×${Math.round(height)}]`;
    const page = markupOrStill(this.markup, { png, width, height }, text);
    return { 'text/html': page, 'image/png': png, 'text/plain': text };
  }

  [metadataSymbol](): Record<string, unknown> {
    const { width, height } = this.#render();
    return { 'image/png': { width, height } };
  }

  #render(): Picture {
    if (!/<svg[\s>]/.test(this.markup)) {
      throw new TypeError(`svg: the picture has no <svg> element around it: ${this.markup.slice(0, 60)}`);
    }
    // What is drawn in the page's colour is black in the picture, which may be shown on a dark page.
    const background = this.markup.includes('currentColor') ? 'white' : undefined;
    this.#picture ??= rasterize(standalone(this.markup), {
      scale: 2,
      ...(background === undefined ? {} : { background }),
    });
    return this.#picture;
  }
}

/**
 * An SVG picture from a template; interpolated values are escaped as in `html`.
 *
 * It is sent as inline HTML and as a PNG of twice the size, never as image/svg+xml, which exports drop.
 *
 * @param source the template, or a string of trusted markup
 * @param values the interpolated values
 * @returns a displayable; parts without an `<svg>` element can be inserted into other templates
 * @throws TypeError for a value that `html` does not allow where it stands; at display time if there is no `<svg>` element or the markup is not well formed
 * @example
 * svg`<svg width="60" height="20">${[10, 30, 50].map((x) => svg`<circle cx="${x}" cy="10" r="6"/>`)}</svg>`
 */
export function svg(source: TemplateStringsArray | string, ...values: unknown[]): Svg {
  return new Fragment(fillTemplate('svg', source, values).trim());
}

/** HTML does not need the namespaces and knows variables, a renderer of SVG files is the other way round. */
export function standalone(markup: string): string {
  const plain = markup
    .replace(/var\(--plot-background\)/g, 'white')
    .replace(/var\(--[\w-]+,\s*([^()]+)\)/g, '$1');
  return plain.replace(/<svg\b[^>]*/, (tag) => {
    const plain = tag.includes('xmlns=') ? '' : ' xmlns="http://www.w3.org/2000/svg"';
    const isLinked = markup.includes('xlink:') && !tag.includes('xmlns:xlink');
    const link = isLinked ? ' xmlns:xlink="http://www.w3.org/1999/xlink"' : '';
    return `<svg${plain}${link}${tag.slice('<svg'.length)}`;
  });
}
