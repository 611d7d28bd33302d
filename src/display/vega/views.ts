import { isPlain, type Plain } from '../plain.ts';

/** The rows that a view reads: a list, none at all, or not known before the chart runs. */
export type Rows = readonly unknown[] | 'none' | 'unknown';

/** One view of a spec, with its place in it and the rows that it reads. */
export interface ViewAt {
  readonly view: Plain;
  /** Such as `layer[1]`; empty for the spec itself. */
  readonly path: string;
  readonly rows: Rows;
  readonly isLayer: boolean;
  /** The channels of its own encoding and of those above it. */
  readonly channels: ReadonlySet<string>;
}

/** The keys under which a view holds other views. */
export const compositions: readonly string[] = ['layer', 'concat', 'hconcat', 'vconcat', 'spec'];

/** All views of a spec, each before those inside it. */
export function* viewsOf(spec: Plain): Generator<ViewAt> {
  const datasets = isPlain(spec.datasets) ? spec.datasets : {};
  yield* below({ view: spec, path: '', rows: 'none', isLayer: false, channels: new Set() }, datasets);
}

function* below(at: ViewAt, datasets: Plain): Generator<ViewAt> {
  const { view, path } = at;
  const rows = rowsOf(view, at.rows, datasets);
  // What a view above others encodes is read from their data.
  const isAbove = compositions.some((key) => key in view);
  const channels = new Set([...at.channels, ...Object.keys(isPlain(view.encoding) ? view.encoding : {})]);
  yield { ...at, channels, rows: rows === 'none' && isAbove ? 'unknown' : rows };
  for (const key of compositions) {
    const inner = view[key];
    const place = path === '' ? key : `${path}.${key}`;
    const children = Array.isArray(inner) ? inner : [inner];
    for (const [index, child] of children.entries()) {
      if (!isPlain(child)) continue;
      const name = Array.isArray(inner) ? `${place}[${index}]` : place;
      yield* below({ view: child, path: name, rows, isLayer: key === 'layer', channels }, datasets);
    }
  }
}

/** Transforms, and data that is loaded, may bring fields that nobody can foresee. */
function rowsOf(view: Plain, inherited: Rows, datasets: Plain): Rows {
  const rows = 'data' in view ? dataRows(view.data, datasets) : inherited;
  const { transform = [] } = view;
  const isTransformed = !Array.isArray(transform) || transform.length > 0;
  return isTransformed && rows !== 'none' ? 'unknown' : rows;
}

/** The rows of a data source. */
export function dataRows(data: unknown, datasets: Plain): Rows {
  if (!isPlain(data)) return data === null ? 'none' : 'unknown';
  const values = data.values ?? (typeof data.name === 'string' ? datasets[data.name] : undefined);
  if ('format' in data) return 'unknown';
  if (Array.isArray(values)) return values;
  return isPlain(values) ? [values] : 'unknown';
}

/** The channels of a view whose definition is an object. */
export function channelsOf(view: Plain): [string, Plain][] {
  const encoding = isPlain(view.encoding) ? view.encoding : {};
  return Object.entries(encoding).filter((entry): entry is [string, Plain] => isPlain(entry[1]));
}
