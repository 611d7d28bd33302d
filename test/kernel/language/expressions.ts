/** What an expression of a generated program may be. */
export type Kind = 'number' | 'string' | 'numbers';

/** Expressions whose values a generated program has so far, and new ones made of them. */
export class Expressions {
  /** All that have a value. */
  readonly all: string[] = [];
  readonly #known: Record<Kind, string[]> = { number: [], string: [], numbers: [] };

  add(kind: Kind, ...expressions: string[]): void {
    this.#known[kind].push(...expressions);
    this.all.push(...expressions);
  }

  #knownOf(kind: Kind, pick: number): string | undefined {
    const all = this.#known[kind];
    return all.length === 0 ? undefined : all[pick % all.length];
  }

  number(pick: number): string {
    const known = this.#knownOf('number', pick);
    if (known === undefined || pick % 4 === 0) return String(pick % 100);
    return pick % 4 === 1
      ? known
      : pick % 4 === 2
        ? `${known} % 7 + ${pick % 10}`
        : `(${known} - ${pick % 5}) * 2`;
  }

  string(pick: number): string {
    const known = this.#knownOf('string', pick);
    if (pick % 3 === 0 || known === undefined) return `'s${pick % 50}'`;
    return pick % 3 === 1 ? `\`\${${known}}-\${${this.number(pick)}}\`.slice(-8)` : `${known}.toUpperCase()`;
  }

  numbers(pick: number): string {
    const known = this.#knownOf('numbers', pick);
    if (known === undefined || pick % 3 === 0) return `[${this.number(pick)}, ${this.number(pick + 1)}]`;
    return pick % 3 === 1
      ? `${known}.map((value) => value + ${this.number(pick)})`
      : `[...${known}, ${this.number(pick)}].slice(-5)`;
  }

  any(pick: number): [Kind, string] {
    const kinds: Kind[] = ['number', 'string', 'numbers'];
    const kind = kinds[pick % 3] as Kind;
    return [kind, this[kind](pick)];
  }
}
