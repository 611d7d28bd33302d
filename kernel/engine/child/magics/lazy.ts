import type { ShownBundle } from '../show.ts';
import type { Magics, MagicsParts } from './magics.ts';

/** The magics, loaded when a cell has one: the runtime starts without them. */
export class LazyMagics {
  readonly #parts: MagicsParts;
  #loaded: Magics | undefined;

  constructor(parts: MagicsParts) {
    this.#parts = parts;
  }

  get loaded(): Magics {
    if (!this.#loaded) {
      const { Magics: Loaded } = require('./magics.ts') as typeof import('./magics.ts');
      this.#loaded = new Loaded(this.#parts);
    }
    return this.#loaded;
  }

  /** The cell has ended, by whatever way. */
  cellEnded(cell: number): void {
    this.#loaded?.timing.cellEnded(cell);
  }

  /** What a cell has for a result is known and all else is shown; whether the result was kept from that. */
  keepsResult(cell: number, result: ShownBundle | undefined): boolean {
    return this.#loaded?.capturing.end(cell, result) ?? false;
  }
}
