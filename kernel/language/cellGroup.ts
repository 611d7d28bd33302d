import type { CellNames, DeclaredName } from './cellNames.ts';

/** Where a name of a cell has its declaration. */
export interface Origin {
  module: string;
  kind: DeclaredName['kind'];
}

/** A module is no longer than this, in characters, unless a single cell is. */
const MAX_LENGTH = 100_000;

/**
 * Cells that become one module: those that have run since the language server was last asked, as long as no name
 * stands for two things. It would look at the project anew for each module that it is shown.
 */
export class CellGroup {
  readonly module: string;
  readonly declared: Map<string, DeclaredName> = new Map();
  /** What it uses of other modules. */
  readonly used: Map<string, Origin> = new Map();
  readonly assigned: Set<string> = new Set();
  readonly #sources: string[] = [];
  #length = 0;

  constructor(module: string) {
    this.module = module;
  }

  get code(): string {
    return this.#sources.join('\n;\n');
  }

  /** Whether a cell may be added. */
  takes(source: string, { declared }: CellNames): boolean {
    if (this.#length + source.length > MAX_LENGTH) return false;
    return [...declared.keys()].every((name) => !this.declared.has(name) && !this.used.has(name));
  }

  add(source: string, { declared, assigned }: CellNames, used: readonly [string, Origin][]): void {
    this.#sources.push(source);
    this.#length += source.length;
    for (const [name, origin] of used) if (origin.module !== this.module) this.used.set(name, origin);
    for (const [name, declaration] of declared) this.declared.set(name, declaration);
    for (const name of assigned) this.assigned.add(name);
  }
}
