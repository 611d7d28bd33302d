import { isPlain, type Plain } from '../plain.ts';
import { type Source, sourceOf } from './categories.ts';
import { compositions } from './views.ts';

/** A view that draws a mark. */
export interface Leaf {
  readonly view: Plain;
  readonly mark: string;
  /** Its own channels and those of the views above. */
  readonly encoding: Plain;
  readonly source: Source;
  /** Definitions by which views above are split. */
  readonly facets: readonly unknown[];
}

/** The views of a spec that draw a mark. */
export function* leavesOf(spec: Plain): Generator<Leaf> {
  yield* below(spec, { source: sourceOf(spec), encoding: {}, facets: [] });
}

function* below(view: Plain, at: Pick<Leaf, 'source' | 'encoding' | 'facets'>): Generator<Leaf> {
  const encoding = { ...at.encoding, ...(isPlain(view.encoding) ? view.encoding : {}) };
  const { facet } = view;
  const own =
    isPlain(facet) && !('field' in facet) ? Object.values(facet) : facet === undefined ? [] : [facet];
  const facets = [...at.facets, ...own];
  const kind = compositions.find((key) => key in view);
  if (kind === undefined) {
    const mark = isPlain(view.mark) ? view.mark.type : view.mark;
    yield { view, mark: String(mark), encoding, source: at.source, facets };
    return;
  }
  const children = Array.isArray(view[kind]) ? view[kind] : [view[kind]];
  for (const child of children) {
    if (isPlain(child)) yield* below(child, { source: sourceOf(child, at.source), encoding, facets });
  }
}
