import { isJsonObject } from '../notebook/json.ts';
import type { Cell, JsonObject } from '../notebook/notebook.ts';

export type Showing = 'show' | 'collapse' | 'remove';

/** What the reader sees of a cell, and how. */
export interface Visibility {
  readonly cell: Showing;
  readonly input: Showing;
  readonly outputs: Showing;
  /** Streams left out, by name. */
  readonly removedStreams: ReadonlySet<string>;
  /** Whether outputs scroll in a box; undefined leaves it to their length. */
  readonly scroll: boolean | undefined;
}

/** Reads the tags of Jupyter Book and nbconvert, and the metadata of JupyterLab and classic Notebook. */
export function visibilityOf(cell: Cell): Visibility {
  const { metadata } = cell;
  const tags = tagsOf(metadata);
  const jupyter = metadata.jupyter;
  const hidden = isJsonObject(jupyter) ? jupyter : {};
  const showing = (part: string, collapsed: boolean): Showing => {
    if (tags.has(`remove-${part}`)) return 'remove';
    return collapsed || tags.has(`hide-${part}`) ? 'collapse' : 'show';
  };
  const input = showing('input', hidden.source_hidden === true || metadata.hide_input === true);
  const outputs = showing('output', hidden.outputs_hidden === true || metadata.collapsed === true);
  return {
    cell: showing('cell', false),
    input,
    outputs,
    removedStreams: new Set(['stdout', 'stderr'].filter((name) => tags.has(`remove-${name}`))),
    scroll:
      tags.has('scroll-output') || metadata.scrolled === true
        ? true
        : metadata.scrolled === false
          ? false
          : undefined,
  };
}

/** Both spellings are in use: `remove_cell` and `remove-cell`. */
function tagsOf(metadata: JsonObject): Set<string> {
  const tags = metadata.tags;
  if (!Array.isArray(tags)) return new Set();
  return new Set(
    tags
      .filter((tag) => typeof tag === 'string')
      .map((tag) =>
        tag
          .toLowerCase()
          .replaceAll('_', '-')
          .replace(/outputs$/, 'output'),
      ),
  );
}
