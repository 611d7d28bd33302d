import type { Cell } from '../../notebook/notebook.ts';

/** A cell's tags; metadata of another shape counts as none. */
export function tagsOf(cell: Cell): Set<string> {
  const { tags } = cell.metadata;
  return new Set(Array.isArray(tags) ? tags.map(String) : []);
}
