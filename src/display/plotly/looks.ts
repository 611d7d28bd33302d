import { seriesColours } from '../seriesColours.ts';
import { plotlyTemplate } from '../theme/plotlyTemplate.ts';
import { themeTokens } from '../theme.ts';
import { isPlain, type Plain } from '../vega/plain.ts';
import type { Figure } from './figure.ts';

/** The size of a figure in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A figure with the theme as its template, under what it brings along, colours by the names of its series, and
 * a height; its width is that of its place.
 */
export function withLooks(figure: Figure): { figure: Figure; size: Size } {
  const { width, height, ...looks } = plotlyTemplate().layout;
  const own = isPlain(figure.layout.template) ? figure.layout.template : undefined;
  const template = own ?? { ...plotlyTemplate(), layout: { ...looks, ...colourway(figure) } };
  const size = {
    width: lengthIn(figure.layout.width, width),
    height: lengthIn(figure.layout.height, height),
  };
  const layout = { ...figure.layout, template, height: size.height };
  const config = { displaylogo: false, responsive: true, ...figure.config };
  return {
    figure: { ...figure, data: own ? figure.data : figure.data.map(withNamedSlices), layout, config },
    size,
  };
}

function lengthIn(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 10 && value <= 10_000 ? value : otherwise;
}

/** The colours of the traces in their order: Plotly takes them one after the other. */
function colourway({ data }: Figure): Plain {
  const palette = themeTokens().colors;
  const names = data.map(({ name }) => (typeof name === 'string' && name !== '' ? name : undefined));
  const distinct = [...new Set(names.filter((name) => name !== undefined))];
  if (distinct.length === 0) return {};
  const colours = new Map(seriesColours(distinct, palette).map((colour, at) => [distinct[at], colour]));
  const free = palette.filter((colour) => ![...colours.values()].includes(colour));
  const others = free.length > 0 ? free : palette;
  let taken = 0;
  const way = names.map((name) => (name === undefined ? others[taken++ % others.length] : colours.get(name)));
  return { colorway: way };
}

/** The slices of a pie are named as series are. */
function withNamedSlices(trace: Plain): Plain {
  const { type, labels, marker } = trace;
  const colors = isPlain(marker) ? marker.colors : undefined;
  if ((type !== 'pie' && type !== 'funnelarea') || colors !== undefined || !Array.isArray(labels))
    return trace;
  const names = labels.map(String);
  if (new Set(names).size !== names.length || names.length > themeTokens().colors.length) return trace;
  return { ...trace, marker: { ...(isPlain(marker) ? marker : {}), colors: seriesColours(names) } };
}
