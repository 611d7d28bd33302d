import vm from 'node:vm';

/** What the transform calls a cell's own name for a global; see the session's names. */
const ALIAS = /^\$cell_(.+)$/;

/**
 * The names of cells, bindings of the scope that all scripts share. An interrupt can lose a cell before any
 * of it has run, so it is known here what is declared, and nowhere else.
 */
export class DeclaredNames {
  readonly #declared = new Set<string>();

  /** Declares those that are not yet. Throws a SyntaxError for one that cannot be; the others are there then. */
  declare(names: readonly string[]): void {
    const fresh = names.filter((name) => !this.#declared.has(name));
    if (fresh.length === 0) return;
    let failure: Error | undefined;
    try {
      run(fresh);
      for (const name of fresh) this.#declared.add(name);
    } catch {
      for (const name of fresh) failure = this.#declareOne(name) ?? failure;
    }
    for (const name of fresh) if (this.#declared.has(name)) initialize(name);
    if (failure) throw failure;
  }

  #declareOne(name: string): Error | undefined {
    try {
      run([name]);
    } catch {
      // Otherwise it was declared when an interrupt came.
      if (Object.hasOwn(globalThis, name)) {
        return new SyntaxError(`'${name}' cannot be declared: the global object has a property of that name`);
      }
    }
    this.#declared.add(name);
    return undefined;
  }
}

function run(names: readonly string[]): void {
  new vm.Script(`let ${names.join()};`).runInThisContext();
}

/** Until the cell that declares it has given it a value, such a name means the global. */
function initialize(name: string): void {
  const original = ALIAS.exec(name)?.[1];
  if (original !== undefined) new vm.Script(`${name} = globalThis.${original};`).runInThisContext();
}
