/** What can be handed to another thread. */
export type NamesRecord = Pick<SessionNames, 'declared' | 'captured' | 'aliases' | 'dynamic'>;

/** What earlier cells of a session mean for the transform of the next one. */
export class SessionNames {
  /** The names that cells have declared at their top level, as they are called in the code that runs. */
  readonly declared: Set<string> = new Set();
  /** A cell may run code of which nothing is known here: `eval`, `Function`, node:vm. */
  dynamic = false;
  /** Names that functions and classes of the session mention: calling one may read or write them. */
  readonly captured: Set<string> = new Set();
  /**
   * Declared names that are Node's own globals, such as `setTimeout` from node:timers/promises, and
   * what they are called in the code that runs: modules must go on seeing the global.
   */
  readonly aliases: Map<string, string> = new Map();

  /** A cell declares the name. */
  claim(name: string): void {
    if (GLOBALS.has(name)) this.aliases.set(name, `${ALIAS}${name}`);
  }

  /** The same names for code that may mention them and leaves none behind. */
  copy(): SessionNames {
    const copy = new SessionNames();
    copy.add(this);
    return copy;
  }

  /** Takes over what another thread's copy has learnt. */
  add({ declared, captured, aliases, dynamic }: NamesRecord): void {
    for (const name of declared) this.declared.add(name);
    for (const name of captured) this.captured.add(name);
    for (const [name, alias] of aliases) this.aliases.set(name, alias);
    this.dynamic ||= dynamic;
  }

  alias(name: string): string {
    return this.aliases.get(name) ?? name;
  }
}

/** What the names of cells begin with that stand for globals. */
const ALIAS = '$cell_';
const GLOBALS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(globalThis));
