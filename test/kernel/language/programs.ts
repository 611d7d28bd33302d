import fc from 'fast-check';

/** What one statement is made of: which kind it is, and the choices in it. */
interface Step {
  kind: number;
  first: number;
  second: number;
}

type Kind = 'number' | 'string' | 'numbers';

interface Program {
  statements: string[];
  /** Names whose types are compared. */
  names: string[];
  /** Expressions whose values are compared. */
  probes: string[];
}

/** Writes a program whose statements use what was declared before them. */
class Writer {
  readonly program: Program = { statements: [], names: [], probes: [] };
  /** Expressions that have a value of a kind. */
  readonly #known: Record<Kind, string[]> = { number: [], string: [], numbers: [] };
  readonly #variables: Record<'number' | 'string', string[]> = { number: [], string: [] };
  readonly #vars: string[] = [];
  readonly #classes: string[] = [];
  readonly #interfaces: string[] = [];
  #count = 0;

  write({ kind, first, second }: Step): void {
    const forms = [
      this.#constant,
      this.#variable,
      this.#again,
      this.#assign,
      this.#function,
      this.#arrow,
      this.#class,
      this.#instance,
      this.#interface,
      this.#alias,
      this.#enum,
      this.#generic,
      this.#object,
      this.#list,
      this.#counter,
      this.#loop,
      this.#branch,
      this.#imported,
      this.#namespace,
      this.#awaited,
      this.#overloaded,
      this.#grouped,
    ];
    forms[kind % forms.length]?.call(this, first, second);
  }

  #name(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count}`;
  }

  #say(statement: string, names: readonly string[] = []): void {
    this.program.statements.push(statement);
    this.program.names.push(...names);
  }

  #value(kind: Kind, ...expressions: string[]): void {
    this.#known[kind].push(...expressions);
    this.program.probes.push(...expressions);
  }

  #knownOf(kind: Kind, pick: number): string | undefined {
    const all = this.#known[kind];
    return all.length === 0 ? undefined : all[pick % all.length];
  }

  #number(pick: number): string {
    const known = this.#knownOf('number', pick);
    if (known === undefined || pick % 4 === 0) return String(pick % 100);
    return pick % 4 === 1
      ? known
      : pick % 4 === 2
        ? `${known} % 7 + ${pick % 10}`
        : `(${known} - ${pick % 5}) * 2`;
  }

  #string(pick: number): string {
    const known = this.#knownOf('string', pick);
    if (pick % 3 === 0 || known === undefined) return `'s${pick % 50}'`;
    return pick % 3 === 1 ? `\`\${${known}}-\${${this.#number(pick)}}\`.slice(-8)` : `${known}.toUpperCase()`;
  }

  #numbers(pick: number): string {
    const known = this.#knownOf('numbers', pick);
    if (known === undefined || pick % 3 === 0) return `[${this.#number(pick)}, ${this.#number(pick + 1)}]`;
    return pick % 3 === 1
      ? `${known}.map((value) => value + ${this.#number(pick)})`
      : `[...${known}, ${this.#number(pick)}].slice(-5)`;
  }

  #any(pick: number): [Kind, string] {
    const kinds: Kind[] = ['number', 'string', 'numbers'];
    const kind = kinds[pick % 3] as Kind;
    return [
      kind,
      kind === 'number' ? this.#number(pick) : kind === 'string' ? this.#string(pick) : this.#numbers(pick),
    ];
  }

  #constant(first: number, second: number): void {
    const [kind, expression] = this.#any(second);
    const name = this.#name('constant');
    const type = first % 3 === 0 ? `: ${kind === 'numbers' ? 'readonly number[]' : kind}` : '';
    this.#say(`const ${name}${type} = ${expression};`, [name]);
    this.#value(kind, name);
  }

  #variable(first: number, second: number): void {
    const kind = second % 2 === 0 ? 'number' : 'string';
    const expression = kind === 'number' ? this.#number(first) : this.#string(first);
    const name = this.#name('variable');
    this.#say(`${first % 3 === 0 ? 'var' : 'let'} ${name} = ${expression};`, [name]);
    this.#variables[kind].push(name);
    if (first % 3 === 0 && kind === 'number') this.#vars.push(name);
    this.#value(kind, name);
  }

  /** `var` may be declared again, with the same type, but not from itself: that has none between cells. */
  #again(first: number, second: number): void {
    const name = this.#vars[first % Math.max(1, this.#vars.length)];
    if (name) this.#say(`var ${name} = ${second % 100};`);
  }

  #assign(first: number, second: number): void {
    const kind = first % 2 === 0 ? 'number' : 'string';
    const all = this.#variables[kind];
    const name = all[second % Math.max(1, all.length)];
    if (name === undefined) return;
    this.#say(`${name} = ${kind === 'number' ? this.#number(second) : this.#string(second)};`);
  }

  #function(first: number, second: number): void {
    const name = this.#name('scale');
    const signature = first % 2 === 0 ? '(a: number, b = 2): number' : '(a: number, b = 2)';
    const inner = `const c = a + ${this.#number(first)}; { const a = b; return a * c + ${this.#number(second)}; }`;
    this.#say(`function ${name}${signature} { ${inner} }`, [name]);
    this.#value('number', `${name}(${second % 9})`);
  }

  #arrow(first: number, second: number): void {
    const name = this.#name('arrow');
    this.#say(`const ${name} = (text: string) => text + ${this.#string(first)};`, [name]);
    this.#value('string', `${name}('a${second % 9}').slice(-9)`);
  }

  #class(first: number, second: number): void {
    const name = this.#name('Class');
    const base = this.#classes[first % Math.max(1, this.#classes.length)];
    if (base !== undefined && second % 2 === 0) {
      this.#say(`class ${name} extends ${base} { own${name} = ${this.#number(second)}; }`, [name]);
    } else {
      const members = [
        `#hidden = ${this.#number(first)};`,
        'constructor(readonly value: number) {}',
        'get twice(): number { return this.value * 2 + this.#hidden; }',
        `more(by = ${this.#number(second)}): ${name} { return new ${name}(this.value + by); }`,
        `static of(value: number): ${name} { return new ${name}(value); }`,
      ];
      this.#say(`class ${name} { ${members.join(' ')} }`, [name]);
    }
    this.#classes.push(name);
  }

  #instance(first: number, second: number): void {
    const of = this.#classes[first % Math.max(1, this.#classes.length)];
    if (of === undefined) return;
    const name = this.#name('instance');
    const made =
      second % 2 === 0 ? `new ${of}(${this.#number(second)})` : `${of}.of(${this.#number(second)}).more()`;
    this.#say(`const ${name} = ${made};`, [name]);
    this.#value('number', `${name}.value`, `${name}.twice`);
  }

  #interface(first: number, second: number): void {
    const name = this.#name('Shape');
    const base = this.#interfaces[first % Math.max(1, this.#interfaces.length)];
    const heritage = base !== undefined && first % 2 === 0 ? ` extends ${base}` : '';
    this.#say(
      `interface ${name}${heritage} { size: number; label?: string; nested?: { deep: ${second % 2 === 0 ? 'number' : 'string'}[] } }`,
      [name],
    );
    this.#interfaces.push(name);
    const value = this.#name('shape');
    this.#say(`const ${value}: ${name} = { size: ${this.#number(second)} };`, [value]);
    this.#value('number', `${value}.size`);
  }

  #alias(first: number): void {
    const name = this.#name('Alias');
    const of = this.#interfaces[first % Math.max(1, this.#interfaces.length)] ?? '{ plain: number }';
    const forms = [
      `${of} | undefined`,
      `Partial<${of}>`,
      `readonly ${of}[]`,
      `Record<string, ${of}>`,
      `keyof ${of}`,
    ];
    this.#say(`type ${name} = ${forms[first % forms.length]};`, [name]);
  }

  #enum(first: number, second: number): void {
    const name = this.#name('Level');
    this.#say(`enum ${name} { Low, High = ${first % 90}, Text = 't${second % 9}' }`, [name]);
    this.#value('number', `Number(${name}.High)`);
  }

  #generic(first: number, second: number): void {
    const name = this.#name('pairOf');
    this.#say(
      `function ${name}<T, U = T>(a: T, b: U): { a: T; b: U; both: (T | U)[] } { return { a, b, both: [a, b] }; }`,
      [name],
    );
    const value = this.#name('paired');
    const [kind, expression] = this.#any(second);
    this.#say(`const ${value} = ${name}(${expression}, ${this.#number(first)});`, [value]);
    this.#value(kind, `${value}.a`);
  }

  #object(first: number, second: number): void {
    const [number, rest] = [this.#name('taken'), this.#name('rest')];
    const object = `{ a: ${this.#number(first)}, b: { c: ${this.#string(second)} }, d: ${this.#number(second)} }`;
    this.#say(`let { a: ${number}, ...${rest} } = ${object};`, [number, rest]);
    this.#variables.number.push(number);
    this.#value('number', number, `${rest}.d`);
    this.#value('string', `${rest}.b.c`);
  }

  #list(first: number, second: number): void {
    const [head, tail] = [this.#name('head'), this.#name('tail')];
    this.#say(`const [${head} = 1, ...${tail}] = ${this.#numbers(first)};`, [head, tail]);
    this.#value('number', head);
    this.#value('numbers', `${tail}.concat(${second % 9})`);
  }

  #counter(first: number, second: number): void {
    const [counter, value] = [this.#name('counter'), this.#name('counted')];
    this.#say(
      `const ${counter} = (() => { let n = ${this.#number(first)}; return () => (n += ${second % 7}); })();`,
      [counter],
    );
    this.#say(`const ${value} = ${counter}() + ${counter}();`, [value]);
    this.#value('number', value);
  }

  #loop(first: number, second: number): void {
    const name = this.#name('sum');
    this.#say(`let ${name} = 0;`, [name]);
    const body = `if (item > ${second % 50}) continue; ${name} += item;`;
    this.#say(`for (const item of ${this.#numbers(first)}) { ${body} }`);
    this.#variables.number.push(name);
    this.#value('number', name);
  }

  #branch(first: number, second: number): void {
    const name = this.#variables.number[first % Math.max(1, this.#variables.number.length)];
    if (name === undefined) return;
    this.#say(
      `if (${name} % 2 === 0) { ${name} = ${this.#number(second)}; } else { ${name} = ${name} + 1; }`,
    );
  }

  #imported(first: number, second: number): void {
    const name = this.#name('imported');
    if (first % 2 === 0) this.#say(`import { basename as ${name} } from 'node:path';`, [name]);
    else this.#say(`import * as ${name} from 'node:path';`, [name]);
    const call = first % 2 === 0 ? name : `${name}.basename`;
    this.#value('string', `${call}('/a/b${second % 9}')`);
  }

  #namespace(first: number, second: number): void {
    const name = this.#name('Space');
    const inner = `export const value = ${this.#number(first)}; export interface Inner { v: number } export const twice = (n: number): number => n * 2`;
    this.#say(`namespace ${name} { ${inner} }`, [name]);
    const value = this.#name('inner');
    this.#say(`const ${value}: ${name}.Inner = { v: ${name}.twice(${second % 9}) };`, [value]);
    this.#value('number', `${name}.value + 0`, `${value}.v`);
  }

  #awaited(first: number, second: number): void {
    const name = this.#name('awaited');
    const [kind, expression] = this.#any(second);
    this.#say(`const ${name} = await Promise.resolve(${expression});`, [name]);
    this.#value(kind, name);
    if (first % 2 === 0) this.#say(`for await (const part of [1, 2]) { void part; }`);
  }

  #overloaded(first: number, second: number): void {
    const name = this.#name('either');
    const body = `return typeof a === 'number' ? a + ${this.#number(first)} : a.length`;
    this.#say(
      `function ${name}(a: number): number; function ${name}(a: string): number; function ${name}(a: number | string): number { ${body}; }`,
      [name],
    );
    this.#value('number', `${name}(${second % 9})`, `${name}('abc')`);
  }

  #grouped(first: number): void {
    const name = this.#name('grouped');
    this.#say(
      `const ${name} = new Map(${this.#numbers(first)}.map((value, at) => [\`k\${at}\`, { value }] as const));`,
      [name],
    );
    this.#value('number', `(${name}.get('k0')?.value ?? 0)`);
  }
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(1000),
  first: fc.nat(1000),
  second: fc.nat(1000),
});

/** A program, as statements that may each begin a cell. */
export const programs: fc.Arbitrary<Program> = fc
  .array(step, { minLength: 3, maxLength: 14 })
  .map((steps) => {
    const writer = new Writer();
    for (const one of steps) writer.write(one);
    return writer.program;
  });

/** The statements in cells: a new one where `cuts` says so. */
export function inCells(statements: readonly string[], cuts: readonly boolean[]): string[] {
  const cells: string[][] = [[]];
  for (const [at, statement] of statements.entries()) {
    if (at > 0 && cuts[at % cuts.length]) cells.push([]);
    cells.at(-1)?.push(statement);
  }
  return cells.map((lines) => lines.join('\n'));
}
