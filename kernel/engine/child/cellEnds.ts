import { bindOutput, runAfterCell } from './context.ts';

/** How a cell ended. */
export type CellEnd = 'ok' | 'error' | 'interrupted';

type Work = (end: CellEnd) => void;

/** So many interrupted cells are known. */
const KEPT = 100;

/**
 * What is to be done when a cell ends, in whatever way: a chart that grows shows its last state. After an
 * interrupt it must be quick, since the front-end waits; what takes longer it does later.
 */
export class CellEnds {
  readonly #works = new Map<number, Set<Work>>();
  /** Cells that were interrupted lately: what of them still runs learns it. */
  readonly #interrupted: number[] = [];
  readonly #fail: (cell: number, error: unknown) => void;

  constructor(fail: (cell: number, error: unknown) => void) {
    this.#fail = fail;
  }

  begin(cell: number): void {
    if (!this.#works.has(cell)) this.#works.set(cell, new Set());
  }

  /**
   * Calls `work` once, at the end of the cell, unless it is taken back before with the function returned; at once
   * where the cell has been interrupted. Its output goes where that of the calling code goes.
   */
  add(cell: number, work: Work): () => void {
    const works = this.#works.get(cell);
    const bound = bindOutput(work);
    works?.add(bound);
    if (!works && this.#interrupted.includes(cell)) bound('interrupted');
    return () => void works?.delete(bound);
  }

  end(cell: number, how: CellEnd): void {
    const works = this.#works.get(cell);
    this.#works.delete(cell);
    if (how === 'interrupted') {
      this.#interrupted.push(cell);
      if (this.#interrupted.length > KEPT) this.#interrupted.shift();
    }
    for (const work of works ?? []) {
      try {
        runAfterCell(cell, () => work(how));
      } catch (error) {
        this.#fail(cell, error);
      }
    }
  }
}
