import { readMember } from './inspect.ts';
import { markupOrStill } from './markup/backdrop.ts';
import { type DomNode, elementMarkup, isDomNode } from './markup/elements.ts';
import { escapeHtml } from './markup/values.ts';
import { html } from './markup.ts';
import { type Picture, rasterize } from './raster.ts';
import { standalone, svg } from './svg.ts';
import { textWidth } from './textWidth.ts';
import type { MimeBundle, Rendered } from './types.ts';
import { displaySymbol, metadataSymbol } from './types.ts';

/**
 * An element of a document, such as a chart of Observable Plot: its markup, without scripts, and a picture where
 * it is an SVG drawing or a figure with one. Undefined for anything else.
 */
export function elementBundle(value: unknown): Rendered | undefined {
  const markup = elementMarkup(value);
  if (markup === undefined) return undefined;
  if (/^\s*<svg[\s>]/i.test(markup)) {
    const drawing = svg(markup);
    return { data: drawing[displaySymbol]() as MimeBundle, metadata: drawing[metadataSymbol]?.() ?? {} };
  }
  const plain = { data: html(markup)[displaySymbol]() as MimeBundle, metadata: {} };
  const isFigure = isDomNode(value) && /^\s*<figure[\s>]/i.test(markup);
  return isFigure ? (figureBundle(value, markup) ?? plain) : plain;
}

function figureBundle(figure: DomNode, markup: string): Rendered | undefined {
  const { items, title } = itemsOf(figure);
  if (!items.some(({ kind }) => kind === 'drawing')) return undefined;
  const { png, width, height } = stacked(items);
  const size = `${Math.round(width)}×${Math.round(height)}`;
  const text = `[figure ${size}${title === '' ? '' : `: ${title}`}]`;
  return {
    data: {
      'text/html': markupOrStill(markup, { png, width, height }, text),
      'image/png': png,
      'text/plain': text,
    },
    metadata: { 'image/png': { width, height, alt: text } },
  };
}

/** A part of a figure's picture, one below the other. */
interface Item {
  readonly kind: 'drawing' | 'text' | 'key';
  readonly markup: string;
  readonly width: number;
  readonly height: number;
}

/** Titles, keys (swatches of colour with their names), drawings and the caption of a figure. */
function itemsOf(figure: DomNode): { items: Item[]; title: string } {
  const items = Array.from(figure.children).flatMap((child): Item[] => {
    const name = child.tagName?.toLowerCase() ?? '';
    if (name === 'svg') return [drawing(child)];
    const drawings = [...child.querySelectorAll('svg')];
    if (drawings.length > 0) return [key(child)];
    const text = child.textContent?.trim() ?? '';
    const size = name === 'h2' ? 18 : name === 'h3' ? 14 : 11;
    return text === '' || name === 'style' ? [] : [line(text, size, name === 'h2')];
  });
  const heading = [...figure.querySelectorAll('h2, h3, figcaption')][0];
  return { items, title: heading?.textContent?.trim() ?? '' };
}

function drawing(element: DomNode): Item {
  const [width, height] = ['width', 'height'].map((side) => Number(element.getAttribute(side)) || 300);
  return { kind: 'drawing', markup: element.outerHTML, width: width ?? 0, height: height ?? 0 };
}

const font = { family: 'DejaVu Sans', weight: 'normal', style: 'normal' } as const;

function line(text: string, size: number, isBold: boolean): Item {
  const weight = isBold ? 'bold' : font.weight;
  const markup = `<text y="${1.2 * size}" font-size="${size}" font-weight="${weight}">${escapeHtml(text)}</text>`;
  return { kind: 'text', markup, width: textWidth(text, size, { ...font, weight }), height: 1.7 * size };
}

/** Swatches beside each other, each with its name. */
function key(element: DomNode): Item {
  let x = 0;
  let markup = '';
  for (const swatch of element.querySelectorAll('svg')) {
    const name = readMember(readMember(swatch, 'parentElement'), 'textContent');
    const text = typeof name === 'string' && element.children.length > 1 ? name.trim() : '';
    const { markup: square, width } = drawing(swatch);
    markup += `<g transform="translate(${x},2)">${square}</g>`;
    markup += `<text x="${x + width + 6}" y="14" font-size="11">${escapeHtml(text)}</text>`;
    x += width + 6 + textWidth(text, 11, font) + 14;
  }
  const heights = [...element.querySelectorAll('svg')].map((swatch) => drawing(swatch).height);
  return { kind: 'key', markup, width: x, height: Math.max(...heights) + 10 };
}

function stacked(items: readonly Item[]): Picture {
  let y = 0;
  let body = '';
  for (const { markup, height } of items) {
    body += `<g transform="translate(0,${y})">${markup}</g>`;
    y += height;
  }
  const width = Math.ceil(Math.max(...items.map((item) => item.width)));
  const attributes = `width="${width}" height="${Math.ceil(y)}" font-family="sans-serif"`;
  const page = standalone(`<svg ${attributes}>${body}</svg>`);
  return rasterize(page, { scale: 2, name: 'display', background: 'white' });
}
