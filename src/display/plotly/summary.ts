import { counted } from '../counts.ts';
import { cut } from '../inspect.ts';
import { isPlain, type Plain } from '../plain.ts';
import { type Figure, typesOf } from './figure.ts';
import { lengthOf } from './lengths.ts';

/** The text of a title, without the markup that Plotly allows in it. */
export function titleText(title: unknown): string {
  const text = isPlain(title) ? title.text : title;
  if (typeof text !== 'string') return '';
  return text
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .trim();
}

/** Types whose data is not in lists of points. */
const uncounted = ['image', 'indicator', 'parcats', 'parcoords', 'sankey', 'splom', 'table'];

/** How many points a trace has. */
function pointsIn(trace: Plain): number {
  const lists = ['x', 'y', 'z', 'values', 'r', 'a', 'lat', 'labels', 'open'].map((key) => {
    const list = trace[key];
    const rows: unknown[] = key === 'z' && Array.isArray(list) ? list : [];
    if (lengthOf(rows[0]) === undefined) return lengthOf(list) ?? 0;
    return rows.reduce<number>((sum, row) => sum + (lengthOf(row) ?? 0), 0);
  });
  return Math.max(0, ...lists);
}

/** The number of points of a figure. */
function pointCount({ data }: Figure): number {
  return data.reduce((sum, trace) => sum + pointsIn(trace), 0);
}

/** A figure in words: `scatter chart "Loss" (x: epoch, y: loss; train, validation; 80 points)`. */
export function figureSummary(figure: Figure): string {
  const { data, layout } = figure;
  const types = [...new Set(typesOf(figure))];
  const title = titleText(layout.title);
  const axes = ['x', 'y', 'z'].flatMap((axis) => {
    const holder = axis === 'z' && isPlain(layout.scene) ? layout.scene : layout;
    const found = holder[`${axis}axis`];
    const text = isPlain(found) ? titleText(found.title) : '';
    return text === '' ? [] : [`${axis}: ${text}`];
  });
  const names = data.flatMap(({ name }) => (typeof name === 'string' && name !== '' ? [name] : []));
  const parts = [axes.join(', '), cut(names.join(', '), 120), pointsText(figure, types)].filter(
    (part) => part !== '',
  );
  const head = types.length === 0 ? 'Plotly' : types.join(' + ');
  const inside = parts.length === 0 ? '' : ` (${parts.join('; ')})`;
  return `${head} chart${title === '' ? '' : ` ${JSON.stringify(title)}`}${inside}`;
}

function pointsText(figure: Figure, types: readonly string[]): string {
  const points = pointCount(figure);
  if (points > 0) return counted(points, 'point');
  return types.some((type) => uncounted.includes(type)) ? '' : 'no data';
}
