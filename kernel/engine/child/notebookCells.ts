import type { CellRequest } from '../engine.ts';

/** The run whose code asks, and its place in the notebook. */
export interface NotebookCell {
  /** Counts the requests. */
  run: number;
  /** The cell of the notebook, where it is known; a cell that runs again replaces its outputs. */
  id?: string;
  /** Whether what is shown does not reach the notebook. */
  isCaptured: boolean;
  /** Whether the user has deleted a cell. */
  isDeleted(id: string): boolean;
}

/** Timers of older runs may still show something, but hardly of that many. */
const REMEMBERED = 1000;

/** Which cells of the notebook the runs belong to. */
export class NotebookCells {
  readonly #ids = new Map<number, string>();
  readonly #deleted = new Set<string>();

  began({ cell, notebookCell, deletedCells }: CellRequest): void {
    for (const id of deletedCells) this.#deleted.add(id);
    if (notebookCell === undefined) return;
    // Deleting a cell can be undone.
    this.#deleted.delete(notebookCell);
    this.#ids.set(cell, notebookCell);
    this.#ids.delete(cell - REMEMBERED);
  }

  of(run: number, isCaptured: boolean): NotebookCell {
    const id = this.#ids.get(run);
    return {
      run,
      ...(id === undefined ? {} : { id }),
      isCaptured,
      isDeleted: (other) => this.#deleted.has(other),
    };
  }
}
