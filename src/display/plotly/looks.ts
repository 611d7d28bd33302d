import { isPlain, type Plain } from '../plain.ts';
import { seriesColours } from '../seriesColours.ts';
import { plotlyTemplate } from '../theme/plotlyTemplate.ts';
import { themeTokens } from '../theme.ts';
import { type Figure, typesOf } from './figure.ts';
import { lengthOf } from './lengths.ts';

/** Nothing is offered that would send the chart to a service. */
const quiet = { displaylogo: false, showSendToCloud: false, plotlyServerURL: '', responsive: true };
/** A cube a little farther away than usual: the labels at its edges are whole, whatever the values. */
const scene = { aspectmode: 'cube', camera: { eye: { x: 1.6, y: 1.6, z: 1.2 } } };

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
  const { layout: looks, data: traces } = plotlyTemplate();
  const { width, height, ...rest } = looks;
  const own = isPlain(figure.layout.template) ? figure.layout.template : undefined;
  const types = typesOf(figure);
  const template = own ?? {
    data: Object.fromEntries(Object.entries(traces).filter(([type]) => types.includes(type))),
    layout: { scene, ...(figure.data.some(hasScale) ? rest : withoutScale(rest)), ...colourway(figure) },
  };
  const size = {
    width: lengthIn(figure.layout.width, width),
    height: lengthIn(figure.layout.height, height),
  };
  const layout = { ...figure.layout, template, height: size.height };
  const config = { ...quiet, ...figure.config };
  return {
    figure: { ...figure, data: own ? figure.data : figure.data.map(withNamedSlices), layout, config },
    size,
  };
}

function lengthIn(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 10 && value <= 10_000 ? value : otherwise;
}

/** Whether a trace colours by numbers. */
function hasScale(trace: Plain): boolean {
  if ('z' in trace) return true;
  return Object.entries(trace).some(([key, value]) => {
    if (/^color(scale|axis)$|^showscale$/.test(key)) return true;
    if (lengthOf(value) !== undefined) return key === 'color';
    return isPlain(value) && hasScale(value);
  });
}

/** Scales are the larger part of a template, and most figures need none. */
function withoutScale({ colorscale: _scales, coloraxis: _axis, ...rest }: Plain): Plain {
  return rest;
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
