import { readMember } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';
import { seriesColours } from '../seriesColours.ts';
import { categoriesOf, type Source, sourceOf } from './categories.ts';
import type { VegaConfig } from './theme.ts';
import { compositions } from './views.ts';

const channels = ['color', 'fill', 'stroke'];

/** All that one colour scale shows. */
interface Scale {
  /** Undefined as soon as it has something of which the categories are not known. */
  categories: Set<unknown> | undefined;
  sort: unknown;
  readonly definitions: Set<Plain>;
}

interface Place {
  readonly source: Source;
  /** The definitions of the views above. */
  readonly colours: Readonly<Record<string, unknown>>;
  /** Shared by all views but those that `resolve` separates. */
  readonly scales: Map<string, Scale>;
}

/**
 * Give the categories of a chart the colours that their names have in the other charts of the notebook: each
 * nominal colour channel gets a domain and a range. Left to Vega-Lite are scales that the spec describes itself,
 * more categories than the palette has colours, and categories that only the running chart knows.
 */
export function nameColours(spec: Plain, config: VegaConfig): void {
  const palette = readMember(config.range, 'category');
  if (!Array.isArray(palette) || !palette.every((colour) => typeof colour === 'string')) return;
  const found: Map<string, Scale>[] = [];
  const fresh = (): Map<string, Scale> => {
    const scales = new Map<string, Scale>();
    found.push(scales);
    return scales;
  };
  walk(spec, { source: sourceOf(spec), colours: {}, scales: fresh() }, fresh);
  for (const scale of found.flatMap((scales) => [...scales.values()])) colourScale(scale, palette);
}

function walk(view: Plain, at: Place, fresh: () => Map<string, Scale>): void {
  const encoding = isPlain(view.encoding) ? view.encoding : {};
  const own = Object.fromEntries(channels.flatMap((key) => (key in encoding ? [[key, encoding[key]]] : [])));
  const colours = { ...at.colours, ...own };
  const kind = compositions.find((key) => key in view);
  if (kind === undefined) {
    for (const [channel, definition] of Object.entries(colours)) collect(channel, definition, at);
    return;
  }
  const separate = channels.some(
    (key) => readMember(readMember(view.resolve, 'scale'), key) === 'independent',
  );
  const children = Array.isArray(view[kind]) ? view[kind] : [view[kind]];
  for (const child of children) {
    if (!isPlain(child)) continue;
    const scales = separate ? fresh() : at.scales;
    walk(child, { source: sourceOf(child, at.source), colours, scales }, fresh);
  }
}

function collect(channel: string, definition: unknown, { source, scales }: Place): void {
  for (const part of [definition, readMember(definition, 'condition')].flat()) {
    if (!isPlain(part) || part.scale === null || !('field' in part || 'datum' in part)) continue;
    const scale = scales.get(channel) ?? { categories: new Set(), sort: part.sort, definitions: new Set() };
    scales.set(channel, scale);
    scale.definitions.add(part);
    const categories = isOwn(part) || !isSame(part.sort, scale.sort) ? undefined : categoriesOf(part, source);
    scale.categories = categories && scale.categories && new Set([...scale.categories, ...categories]);
  }
}

/** Whether the spec says by itself how colours are chosen. */
function isOwn({ scale }: Plain): boolean {
  return scale !== undefined && !(isPlain(scale) && Object.keys(scale).length === 0);
}

function isSame(one: unknown, two: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(two);
}

function colourScale({ categories, sort, definitions }: Scale, palette: readonly string[]): void {
  const size = categories?.size ?? 0;
  const domain = size > 0 && size <= palette.length ? sorted([...(categories ?? [])], sort) : undefined;
  if (!domain) return;
  const range = seriesColours(domain.map(String), palette);
  for (const definition of definitions) definition.scale = { domain, range };
}

/** In Vega-Lite's own order; undefined where only the running chart knows it. */
function sorted(categories: readonly unknown[], sort: unknown): unknown[] | undefined {
  if (sort === null) return [...categories];
  if (Array.isArray(sort)) {
    const place = (category: unknown): number =>
      (sort.indexOf(category) + sort.length + 1) % (sort.length + 1);
    return categories.toSorted((one, two) => place(one) - place(two));
  }
  const sign = sort === 'descending' ? -1 : 1;
  if (sort !== undefined && sort !== 'ascending' && sort !== 'descending') return undefined;
  return categories.toSorted((one, two) => sign * compare(one, two));
}

function compare(one: unknown, two: unknown): number {
  const [a, b] = [one as number, two as number];
  return a < b || (one === null && two !== null) ? -1 : a > b || (two === null && one !== null) ? 1 : 0;
}
