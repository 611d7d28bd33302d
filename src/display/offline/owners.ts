import type { RunningCell } from '../channel.ts';

/** The output that holds a library: the run that sent it, the cell it stands in, its display id. */
interface Owner {
  readonly run: number | undefined;
  readonly cell: string | undefined;
  readonly displayId: string;
  readonly size: number;
}

/** An output that is to be sent, so that a chart finds its library. */
export interface Move {
  /** Which of the library's sizes. */
  readonly size: number;
  readonly displayId: string;
  /** The output that held it before, to be emptied. */
  readonly superseded?: string;
}

/**
 * Where a library stands in the notebook, and in which of its sizes, counted from the smallest.
 *
 * It is sent with the first chart. A cell that runs again has lost its outputs, and what the user clears by
 * hand the kernel does not hear of: hence the library moves to each chart cell that runs again, and the output
 * that held it before is emptied. Where the front-end does not say which cell runs, it moves with every run.
 */
export class LibraryOwner {
  #owner: Owner | undefined;
  /** The latest run of each cell that has shown a chart, and the size that it needs. */
  readonly #needs = new Map<string, { run: number | undefined; size: number }>();

  /** A chart that needs `size` is about to be shown in `cell`; undefined if the notebook holds the library. */
  move(cell: RunningCell | undefined, size: number): Move | undefined {
    const owner = this.#owner;
    const displayId = `descent-library-${globalThis.crypto.randomUUID()}`;
    if (cell?.isCaptured) return owner && owner.size >= size ? undefined : { size, displayId };
    const isRerun = this.#note(cell, size);
    if (owner && owner.size >= size && isKept(owner, cell, isRerun)) return undefined;
    const needed = Math.max(...[...this.#needs.values()].map((need) => need.size));
    this.#owner = { run: cell?.run, cell: cell?.id, displayId, size: needed };
    return { size: needed, displayId, ...(owner ? { superseded: owner.displayId } : {}) };
  }

  /** The outputs of a run are gone. */
  cleared(run: number | undefined): void {
    if (this.#owner?.run === run) this.#owner = undefined;
  }

  /** Whether the cell has shown a chart in an earlier run. */
  #note(cell: RunningCell | undefined, size: number): boolean {
    const needs = this.#needs;
    for (const id of needs.keys()) if (cell?.isDeleted(id)) needs.delete(id);
    const known = needs.get(cell?.id ?? '');
    const isRerun = known !== undefined && cell?.id !== undefined && known.run !== cell.run;
    needs.set(cell?.id ?? '', { run: cell?.run, size: isRerun ? size : Math.max(size, known?.size ?? 0) });
    return isRerun;
  }
}

function isKept(owner: Owner, cell: RunningCell | undefined, isRerun: boolean): boolean {
  if (!cell || owner.run === cell.run) return true;
  if (cell.id === undefined || isRerun) return false;
  return owner.cell === undefined || !cell.isDeleted(owner.cell);
}

const owners = new Map<string, LibraryOwner>();

/** The owner of a library, whose sizes share it. */
export function ownerOf(family: string): LibraryOwner {
  const known = owners.get(family) ?? new LibraryOwner();
  owners.set(family, known);
  return known;
}

/** The outputs of a run are gone, and the libraries among them. */
export function librariesCleared(run: number | undefined): void {
  for (const owner of owners.values()) owner.cleared(run);
}
