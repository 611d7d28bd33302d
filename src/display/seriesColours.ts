import { themeTokens } from './theme.ts';

/** The place in the palette of every name, in the order of first use: a notebook has one such list. */
const places = new Map<string, number>();

/**
 * The colours of series that appear together: a name keeps its colour from chart to chart of a notebook.
 *
 * New names take the first colours that no other name of the chart has. Where two names of one chart have the same,
 * the one that came first keeps it, and the other takes a free one for this chart.
 *
 * @param names of the series, each once
 * @param palette the theme's if left out; the colours of a theme that is set later take the same places
 * @example
 * seriesColours(['train', 'validation']) // ['#0072b2', '#d55e00']
 */
export function seriesColours(
  names: readonly string[],
  palette: readonly string[] = themeTokens().colors,
): string[] {
  const used = new Map<number, number>();
  const here = new Map<string, number>();
  const take = (name: string, place: number): void => {
    here.set(name, place);
    used.set(place, (used.get(place) ?? 0) + 1);
  };
  const known = [...places.keys()].filter((name) => names.includes(name));
  for (const name of known) {
    const place = places.get(name) ?? 0;
    if (place < palette.length && !used.has(place)) take(name, place);
  }
  for (const name of names) {
    if (here.has(name)) continue;
    const place = freest(palette.length, used);
    if (!places.has(name)) places.set(name, place);
    take(name, place);
  }
  return names.map((name) => palette[here.get(name) ?? 0] ?? '#000000');
}

/** The place that is used least in this chart, the first of them: the palette's first colours go best together. */
function freest(size: number, used: ReadonlyMap<number, number>): number {
  let best = 0;
  for (let place = 1; place < size; place++) {
    if ((used.get(place) ?? 0) < (used.get(best) ?? 0)) best = place;
  }
  return best;
}

/** Forget all names, as a new runtime does. */
export function forgetSeries(): void {
  places.clear();
}
