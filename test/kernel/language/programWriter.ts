import { Expressions } from './expressions.ts';

/** What one statement is made of: which kind it is, and the choices in it. */
export interface Step {
  kind: number;
  first: number;
  second: number;
}

export interface Program {
  statements: string[];
  /** Names whose types are compared. */
  names: string[];
  /** Expressions whose values are compared. */
  probes: string[];
}

/** Writes a program whose statements use what was declared before them. */
export class ProgramWriter {
  readonly #values = new Expressions();
  readonly program: Program = { statements: [], names: [], probes: this.#values.all };
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

  #constant(first: number, second: number): void {
    const [kind, expression] = this.#values.any(second);
    const name = this.#name('constant');
    const type = first % 3 === 0 ? `: ${kind === 'numbers' ? 'readonly number[]' : kind}` : '';
    this.#say(`const ${name}${type} = ${expression};`, [name]);
    this.#values.add(kind, name);
  }

  #variable(first: number, second: number): void {
    const kind = second % 2 === 0 ? 'number' : 'string';
    const expression = kind === 'number' ? this.#values.number(first) : this.#values.string(first);
    const name = this.#name('variable');
    this.#say(`${first % 3 === 0 ? 'var' : 'let'} ${name} = ${expression};`, [name]);
    this.#variables[kind].push(name);
    if (first % 3 === 0 && kind === 'number') this.#vars.push(name);
    this.#values.add(kind, name);
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
    this.#say(`${name} = ${kind === 'number' ? this.#values.number(second) : this.#values.string(second)};`);
  }

  #function(first: number, second: number): void {
    const name = this.#name('scale');
    const signature = first % 2 === 0 ? '(a: number, b = 2): number' : '(a: number, b = 2)';
    const inner = `const c = a + ${this.#values.number(first)}; { const a = b; return a * c + ${this.#values.number(second)}; }`;
    this.#say(`function ${name}${signature} { ${inner} }`, [name]);
    this.#values.add('number', `${name}(${second % 9})`);
  }

  #arrow(first: number, second: number): void {
    const name = this.#name('arrow');
    this.#say(`const ${name} = (text: string) => text + ${this.#values.string(first)};`, [name]);
    this.#values.add('string', `${name}('a${second % 9}').slice(-9)`);
  }

  #class(first: number, second: number): void {
    const name = this.#name('Class');
    const base = this.#classes[first % Math.max(1, this.#classes.length)];
    if (base !== undefined && second % 2 === 0) {
      this.#say(`class ${name} extends ${base} { own${name} = ${this.#values.number(second)}; }`, [name]);
    } else {
      const members = [
        `#hidden = ${this.#values.number(first)};`,
        'constructor(readonly value: number) {}',
        'get twice(): number { return this.value * 2 + this.#hidden; }',
        `more(by = ${this.#values.number(second)}): ${name} { return new ${name}(this.value + by); }`,
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
      second % 2 === 0
        ? `new ${of}(${this.#values.number(second)})`
        : `${of}.of(${this.#values.number(second)}).more()`;
    this.#say(`const ${name} = ${made};`, [name]);
    this.#values.add('number', `${name}.value`, `${name}.twice`);
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
    this.#say(`const ${value}: ${name} = { size: ${this.#values.number(second)} };`, [value]);
    this.#values.add('number', `${value}.size`);
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
    this.#values.add('number', `Number(${name}.High)`);
  }

  #generic(first: number, second: number): void {
    const name = this.#name('pairOf');
    this.#say(
      `function ${name}<T, U = T>(a: T, b: U): { a: T; b: U; both: (T | U)[] } { return { a, b, both: [a, b] }; }`,
      [name],
    );
    const value = this.#name('paired');
    const [kind, expression] = this.#values.any(second);
    this.#say(`const ${value} = ${name}(${expression}, ${this.#values.number(first)});`, [value]);
    this.#values.add(kind, `${value}.a`);
  }

  #object(first: number, second: number): void {
    const [number, rest] = [this.#name('taken'), this.#name('rest')];
    const object = `{ a: ${this.#values.number(first)}, b: { c: ${this.#values.string(second)} }, d: ${this.#values.number(second)} }`;
    this.#say(`let { a: ${number}, ...${rest} } = ${object};`, [number, rest]);
    this.#variables.number.push(number);
    this.#values.add('number', number, `${rest}.d`);
    this.#values.add('string', `${rest}.b.c`);
  }

  #list(first: number, second: number): void {
    const [head, tail] = [this.#name('head'), this.#name('tail')];
    this.#say(`const [${head} = 1, ...${tail}] = ${this.#values.numbers(first)};`, [head, tail]);
    this.#values.add('number', head);
    this.#values.add('numbers', `${tail}.concat(${second % 9})`);
  }

  #counter(first: number, second: number): void {
    const [counter, value] = [this.#name('counter'), this.#name('counted')];
    this.#say(
      `const ${counter} = (() => { let n = ${this.#values.number(first)}; return () => (n += ${second % 7}); })();`,
      [counter],
    );
    this.#say(`const ${value} = ${counter}() + ${counter}();`, [value]);
    this.#values.add('number', value);
  }

  #loop(first: number, second: number): void {
    const name = this.#name('sum');
    this.#say(`let ${name} = 0;`, [name]);
    const body = `if (item > ${second % 50}) continue; ${name} += item;`;
    this.#say(`for (const item of ${this.#values.numbers(first)}) { ${body} }`);
    this.#variables.number.push(name);
    this.#values.add('number', name);
  }

  #branch(first: number, second: number): void {
    const name = this.#variables.number[first % Math.max(1, this.#variables.number.length)];
    if (name === undefined) return;
    this.#say(
      `if (${name} % 2 === 0) { ${name} = ${this.#values.number(second)}; } else { ${name} = ${name} + 1; }`,
    );
  }

  #imported(first: number, second: number): void {
    const name = this.#name('imported');
    if (first % 2 === 0) this.#say(`import { basename as ${name} } from 'node:path';`, [name]);
    else this.#say(`import * as ${name} from 'node:path';`, [name]);
    const call = first % 2 === 0 ? name : `${name}.basename`;
    this.#values.add('string', `${call}('/a/b${second % 9}')`);
  }

  #namespace(first: number, second: number): void {
    const name = this.#name('Space');
    const inner = `export const value = ${this.#values.number(first)}; export interface Inner { v: number } export const twice = (n: number): number => n * 2`;
    this.#say(`namespace ${name} { ${inner} }`, [name]);
    const value = this.#name('inner');
    this.#say(`const ${value}: ${name}.Inner = { v: ${name}.twice(${second % 9}) };`, [value]);
    this.#values.add('number', `${name}.value + 0`, `${value}.v`);
  }

  #awaited(first: number, second: number): void {
    const name = this.#name('awaited');
    const [kind, expression] = this.#values.any(second);
    this.#say(`const ${name} = await Promise.resolve(${expression});`, [name]);
    this.#values.add(kind, name);
    if (first % 2 === 0) this.#say(`for await (const part of [1, 2]) { void part; }`);
  }

  #overloaded(first: number, second: number): void {
    const name = this.#name('either');
    const body = `return typeof a === 'number' ? a + ${this.#values.number(first)} : a.length`;
    this.#say(
      `function ${name}(a: number): number; function ${name}(a: string): number; function ${name}(a: number | string): number { ${body}; }`,
      [name],
    );
    this.#values.add('number', `${name}(${second % 9})`, `${name}('abc')`);
  }

  #grouped(first: number): void {
    const name = this.#name('grouped');
    this.#say(
      `const ${name} = new Map(${this.#values.numbers(first)}.map((value, at) => [\`k\${at}\`, { value }] as const));`,
      [name],
    );
    this.#values.add('number', `(${name}.get('k0')?.value ?? 0)`);
  }
}
