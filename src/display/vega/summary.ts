import { shortText } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';

const compositions = ['layer', 'concat', 'hconcat', 'vconcat'];

/** A chart in words, for front-ends without pictures: `line chart "Loss": epoch × loss, color run`. */
export function chartSummary(spec: Plain): string {
  const title = titleText(spec.title);
  const parts = encodingText(firstEncoding(spec));
  return [
    [...markNames(spec)].join(' + ') || 'Vega-Lite',
    'chart',
    ...(title === '' ? [] : [JSON.stringify(title)]),
    ...(parts === '' ? [] : [`(${parts})`]),
  ].join(' ');
}

/** A title is text, lines of text, or an object that holds either. */
function titleText(title: unknown): string {
  const text = isPlain(title) ? title.text : title;
  return Array.isArray(text) ? text.join(' ') : typeof text === 'string' ? text : '';
}

function children(view: Plain): Plain[] {
  const lists = compositions.flatMap((key) => (Array.isArray(view[key]) ? view[key] : []));
  return [...lists, view.spec].filter(isPlain);
}

function markNames(view: Plain): Set<string> {
  const own = isPlain(view.mark) ? view.mark.type : view.mark;
  const below = children(view).flatMap((child) => [...markNames(child)]);
  return new Set(typeof own === 'string' ? [own, ...below] : below);
}

function firstEncoding(view: Plain): Plain {
  const below = children(view).map(firstEncoding);
  return Object.assign({}, ...below.reverse(), isPlain(view.encoding) ? view.encoding : {});
}

function encodingText(encoding: Plain): string {
  return ['x', 'y', 'theta', 'color', 'column', 'row', 'facet']
    .flatMap((channel) => {
      const definition = encoding[channel];
      if (!isPlain(definition)) return [];
      const { field, aggregate, title } = definition;
      const source = typeof field === 'string' ? field : aggregate;
      const name = titleText(title) || (source === undefined ? '' : shortText(source).replace(/^'|'$/g, ''));
      return name === '' ? [] : [`${channel}: ${name}`];
    })
    .join(', ');
}
